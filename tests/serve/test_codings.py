"""Content codings and conditional requests (RFC 9110, sections 8.4, 8.8.3, 12.5.3 and 13)."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.caching import is_known
from api.codings import is_text, preferred_coding
from tests.serve.raw import send
from tests.serve.running import Service

with Path(__file__).with_name("codings.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))
PAGE = "/doc/070009/entry/small.1"


def test_thirty_one_ways_to_ask_for_a_coding() -> None:
    assert len(CASES) == 31


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['accept_encoding']} {case['length']}")
def test_the_coding_follows_the_qualities(case: dict[str, str]) -> None:
    header = None if case["accept_encoding"] == "-" else case["accept_encoding"]
    assert (preferred_coding(header, int(case["length"])) or "none") == case["coding"]


@given(st.text(st.sampled_from('gzipdentity*;q=01., "\\'), max_size=40), st.integers(0, 5000))
def test_no_header_breaks_the_choice(header: str, length: int) -> None:
    assert preferred_coding(header, length) in {"gzip", "identity", None}


def test_texts_are_worth_compressing_and_pictures_are_not() -> None:
    texts = (
        "text/turtle; charset=utf-8",
        "application/ld+json",
        "application/rdf+xml",
        "application/n-triples",
    )
    assert all(is_text(media_type) for media_type in texts)
    assert not is_text("image/png")
    assert not is_text("")


def test_gzip_is_another_representation_of_the_same_text(service: Service) -> None:
    plain = send(service.address, PAGE)
    packed = send(service.address, PAGE, headers={"Accept-Encoding": "gzip"})
    again = send(service.address, PAGE, headers={"Accept-Encoding": "gzip;q=0.9"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body
    assert packed.body == again.body
    assert packed.body[4:8] == bytes(4), "no time of compression"
    assert len(packed.body) < len(plain.body) / 2
    assert packed.headers["etag"] == again.headers["etag"] != plain.headers["etag"]
    assert packed.headers["vary"] == plain.headers["vary"]
    assert plain.headers["vary"] == "Accept, Accept-Language, Cookie, Accept-Encoding"
    head = send(service.address, PAGE, "HEAD", {"Accept-Encoding": "gzip"})
    assert head.headers["content-length"] == str(len(packed.body))


def test_the_tag_of_one_coding_does_not_stand_for_another(service: Service) -> None:
    plain = send(service.address, PAGE).headers["etag"]
    packed = send(service.address, PAGE, headers={"Accept-Encoding": "gzip"}).headers["etag"]
    for tag, coding, status in (
        (plain, "identity", 304),
        (plain, "gzip", 200),
        (packed, "gzip", 304),
        (packed, "identity", 200),
    ):
        asked = {"If-None-Match": tag, "Accept-Encoding": coding}
        assert send(service.address, PAGE, headers=asked).status == status


def test_a_client_that_takes_no_coding_at_all_is_told(service: Service) -> None:
    reply = send(service.address, PAGE, headers={"Accept-Encoding": "identity;q=0, br"})
    assert (reply.status, reply.headers["content-type"]) == (406, "application/problem+json")


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("{tag}", 304),
        ("W/{tag}", 304),
        ('"other", {tag}', 304),
        ('"a,b", W/{tag} , "c"', 304),
        ('"",{tag}', 304),
        ("*", 304),
        (" * ", 304),
        ('"other"', 200),
        ('"other", *', 200),
        ("{bare}", 200),
        ("w/{bare}", 200),
        ('"x{bare}"', 200),
        ("", 200),
        ('"', 200),
    ],
)
def test_if_none_match_names_tags_and_compares_them_weakly(
    service: Service, written: str, status: int
) -> None:
    tag = send(service.address, PAGE).headers["etag"]
    header = written.format(tag=tag, bare=tag.strip('"'))
    assert send(service.address, PAGE, headers={"If-None-Match": header}).status == status


def test_a_list_of_tags_may_come_in_several_lines() -> None:
    assert is_known('"a"', ['"b"', 'W/"a", "c"'])
    assert is_known('"a"', ["*"])
    assert not is_known('"a"', ['"b"', "*"])
    assert not is_known('"a"', [])


def test_a_date_of_modification_is_ignored(service: Service) -> None:
    tag = send(service.address, PAGE).headers["etag"]
    future = {"If-Modified-Since": "Fri, 31 Dec 2100 23:59:59 GMT"}
    assert send(service.address, PAGE, headers=future).status == 200
    assert send(service.address, PAGE, headers={**future, "If-None-Match": '"other"'}).status == 200
    past = {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT", "If-None-Match": tag}
    assert send(service.address, PAGE, headers=past).status == 304


def test_the_report_and_the_questions_profit(service: Service) -> None:
    for path, vary in (
        ("/report.html", "Accept-Encoding"),
        ("/questions", "Accept, Accept-Language, Cookie, Accept-Encoding"),
    ):
        reply = send(service.address, path, headers={"Accept-Encoding": "gzip"})
        assert (reply.status, reply.headers["vary"]) == (200, vary)
    assert send(service.address, "/questions", headers={"Accept-Encoding": "gzip"}).headers[
        "content-encoding"
    ]


def test_the_endpoint_answers_in_gzip(service: Service) -> None:
    target = "/sparql?query=SELECT%20%2A%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D"
    packed = send(service.address, target, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.body) == send(service.address, target).body
