r"""The lexical forms of the XSD datatypes that RML validates, as regular expressions.

Clauses: https://w3id.org/rml/core/spec#dfn-ill-typed and XML Schema 1.1 part 2, section 3. `\z` is the end of
the text (Python writes `\Z`). Days are checked up to 31: the number of days of a month is left to the shapes.
"""

from __future__ import annotations

from graph_builder.namespaces import XSD

_YEAR = r"-?(?:[1-9][0-9]{3,}|0[0-9]{3})"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"

_FORMS = {
    "boolean": r"(?:true|false|1|0)",
    "integer": r"[+-]?[0-9]+",
    "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    "double": r"(?:[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN)",
    "date": rf"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "time": rf"{_TIME}{_ZONE}",
    "dateTime": rf"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "gYear": rf"{_YEAR}{_ZONE}",
    "gYearMonth": rf"{_YEAR}-{_MONTH}{_ZONE}",
    "hexBinary": r"(?:[0-9A-Fa-f]{2})*",
}

LEXICAL_FORMS = {XSD[name]: rf"^{form}\z" for name, form in _FORMS.items()}
