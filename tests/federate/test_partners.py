"""The list of partners: what it may say, and that the one we ship says it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from graph_builder.errors import DeclarationError
from sparql.federation.cache import Cache, Fetched
from sparql.federation.contributions import Contribution, header
from sparql.federation.partners import BUILT_IN, find_partners
from sparql.refusals import Reason, RefusalError
from tests.federate.standing_in import partner

BROKEN = [
    ('user_agent = "', 'user_agent = 1 #"'),
    ("queries = 8", "queries = true"),
    ("[cache]", "[store]"),
    ("[partner.wikidata]", "[partner.Wiki_data]"),
    ('endpoint = "https://query', 'endpoint = "http://query'),
    ('endpoint = "https://query', 'endpoint = "file://query'),
    ('method = "POST"', 'method = "PUT"'),
    ("rows = 999", "rows = 0"),
    ("rows = 999", 'rows = "many"'),
    ("rows = 999", "rows = 999\nlines = 1"),
    ("seconds = 8.0", ""),
    ('addresses = ["https://api.info.gbiz.go.jp/sparql"]', "addresses = []"),
    ("[cache]", "[cache"),
]


def test_the_partners_we_ship_are_named_in_both_languages_with_their_terms() -> None:
    partners = find_partners("built-in").partners
    assert {entry.key for entry in partners} == {
        "e-stat",
        "gbizinfo",
        "japan-search",
        "ndl-authorities",
        "dbpedia-ja",
        "wikidata",
    }
    for entry in partners:
        assert entry.name_ja
        assert entry.name_en.isascii()
        assert entry.endpoint.startswith("https://")
        assert entry.licence.startswith("https://")
        assert entry.attribution
        assert entry.reason.endswith(".")
        assert not entry.loopback
    assert len({address for entry in partners for address in entry.addresses}) == 11


@pytest.mark.parametrize(("right", "wrong"), BROKEN)
def test_a_list_that_cannot_be_right_is_refused(right: str, wrong: str, tmp_path: Path) -> None:
    text = BUILT_IN.read_text("utf-8")
    assert right in text
    path = tmp_path / "partners.toml"
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(DeclarationError, match=r"partners\.toml"):
        find_partners(str(path))


def test_a_list_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="cannot be read"):
        find_partners(str(tmp_path / "nothing.toml"))


@pytest.mark.parametrize(
    "address",
    [
        "https://query.wikidata.org/sparql/",
        "https://query.wikidata.org/sparql?x",
        "https://QUERY.wikidata.org/sparql",
        "https://a@query.wikidata.org/sparql",
        "https://query.wikidata.org:443/sparql",
        "http://query.wikidata.org/sparql",
        "https://query.wikidata.org.example/sparql",
        "",
    ],
)
def test_an_address_is_on_the_list_letter_by_letter_or_not_at_all(address: str) -> None:
    with pytest.raises(RefusalError, match="not among the partners") as refused:
        find_partners("built-in").of(address)
    assert refused.value.reason is Reason.FORBIDDEN
    assert "<https://query.wikidata.org/sparql>" in refused.value.problem.remedy


def test_without_partners_every_address_is_refused() -> None:
    with pytest.raises(RefusalError) as refused:
        find_partners("none").of("https://query.wikidata.org/sparql")
    assert refused.value.problem.remedy.endswith("none")


def test_the_cache_forgets_what_is_old_and_what_is_too_much(now: Callable[[int], datetime]) -> None:
    cache, long, short = Cache(2, 1), partner(keep=60), partner("short", keep=1)
    cache.put(long, "a", Fetched((("1",),), now(-30), 10))
    cache.put(short, "a", Fetched((("2",),), now(-30), 10))
    assert cache.get(long, "a") == Fetched((("1",),), now(-30), 10, cached=True)
    assert cache.get(short, "a") is None
    assert cache.get(long, "b") is None
    cache.put(long, "b", Fetched((), now(0), 10))
    assert cache.get(long, "a")
    cache.put(long, "c", Fetched((), now(0), 10))
    assert cache.get(long, "b") is None, "the one unused longest goes first"
    cache.put(long, "huge", Fetched((), now(0), 2_000_000))
    assert cache.get(long, "huge") is None, "larger than the whole cache"
    assert cache.get(long, "a"), "and drives nothing out"
    cache.put(long, "a", Fetched((), now(0), 1_000_000))
    cache.put(long, "a", Fetched((), now(0), 1_000_000))
    assert cache.get(long, "a"), "replaced, not counted twice"


@pytest.fixture
def now() -> Callable[[int], datetime]:
    moment = datetime.now(UTC)
    return lambda seconds: moment + timedelta(seconds=seconds)


def test_the_header_is_a_structured_list() -> None:
    moment = datetime(2026, 11, 21, 10, 2, 3, tzinfo=timezone(timedelta(hours=9)))
    said = [
        Contribution("e-stat", moment, 59, cached=True),
        Contribution("wikidata", moment, 0, failed=True),
    ]
    assert header(said) == {
        "Keifu-Partners": 'e-stat;fetched="2026-11-21T01:02:03Z";rows=59;cached, '
        'wikidata;fetched="2026-11-21T01:02:03Z";rows=0;failed'
    }
    assert header([]) == {}
