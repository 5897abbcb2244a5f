"""How the results of the checks went from publication to publication: a line for each severity."""

from __future__ import annotations

from collections.abc import Sequence

from api.language import Language, texts
from api.pages.charts import LineChart, Point, Series, lines
from graph_builder.history import Publication
from graph_builder.reports.results import Severity

ENOUGH = 2
"""Publications that make a line."""


def trend_chart(publications: Sequence[Publication], first: int, language: Language) -> LineChart | None:
    """Return the chart of some publications, numbered from `first`; None where they make no line."""
    if len(publications) < ENOUGH:
        return None
    t, numbers = texts(language), [str(first + place) for place in range(len(publications))]
    series = [
        Series(
            t(f"report.{severity.value}"),
            tuple(
                Point(number, publication.results.get(severity.value, 0))
                for number, publication in zip(numbers, publications, strict=True)
            ),
        )
        for severity in Severity
    ]
    return lines(series, numbers)
