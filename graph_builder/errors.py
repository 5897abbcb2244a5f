"""What can go wrong, and how it is said.

    KeifuError                      something a person must mend
    ├── CallError                   the call is at fault (exit code 2)
    └── DataError                   the data is at fault (exit code 1)
        ├── DeclarationError        a file that declares (TOML, CSV) is missing, unknown or malformed
        ├── SourceError             a source text is missing, changed or truncated
        ├── TableError              a line, a value or a count of a table is not accounted for
        ├── MappingError            a mapping is not valid RML, or names a column that is not there
        ├── ReportError             the graph breaks a rule of severity Violation
        ├── StoreError              a store cannot be read or published
        └── QueryError              a query is malformed, forbidden or ran out of its bounds

Every error carries its problems; every problem says what is wrong, where, and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file: the file as a person names it, 1-based line and column where they are known."""

    file: str
    line: int | None = None
    column: str | int | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, what, and the remedy as an instruction."""

    place: Place
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}. {self.remedy}."


class KeifuError(Exception):
    """Something a person must mend; `problems` says what, where and how."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class CallError(KeifuError):
    """The call is at fault: an unknown command, flag, document or value."""

    exit_code = 2


class DataError(KeifuError):
    """The data is at fault."""


class DeclarationError(DataError):
    """A file that declares something is missing, malformed or holds an unknown key."""


class SourceError(DataError):
    """A source text is missing, changed or truncated."""


class TableError(DataError):
    """A line, a value or a count of a table is not accounted for."""


class MappingError(DataError):
    """A mapping is not valid RML, or names a column that is not there."""


class ReportError(DataError):
    """The graph breaks a rule of severity Violation."""


class StoreError(DataError):
    """A store cannot be read or published."""


class QueryError(DataError):
    """A query is malformed, forbidden or ran out of its bounds."""
