"""Each thing has one address: every other spelling of it is a redirect to that one, or nothing at all."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.addresses import Addresses
from api.targets import Target, View, read_target, spellings
from tests.serve.raw import Reply, send
from tests.serve.running import BASE, Service

CANONICAL = (
    "/id/070009/entry/small.1",
    "/id/070009/plan/small",
    "/doc/070009/entry/small.1",
    "/doc/070009/passage/small.3-4",
    "/data/070009/entry/small.1.ttl",
    "/data/070009/plan/small.jsonld",
    "/data/concept/status/accepted.rdf",
    "/concept/status/accepted",
    "/doc/concept/status/accepted",
    "/shape/project-entry",
    "/graph/reference",
    "/doc/graph/reference",
    "/data/graph/reference.nt",
    "/.well-known/genid/shapes/project-entry/c14n0",
    "/ontology",
    "/ontology/context.jsonld",
)
REDIRECTS = {301, 308}


def wide(text: str) -> str:
    """The same text in full-width letters; the slashes too."""
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


WHOLE: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "title": str.title,
    "full width": lambda path: "/" + wide(path[1:]),
    "full width, percent-encoded": lambda path: "/" + quote(wide(path[1:])),
    "all percent-encoded": lambda path: "/" + "".join(f"%{ord(letter):02x}" for letter in path[1:]),
    "slashes percent-encoded": lambda path: "/%2F" + path[1:].replace("/", "%2F"),
    "slashes doubled": lambda path: path.replace("/", "//"),
    "slash at the end": lambda path: path + "/",
    "slashes at the end": lambda path: path + "///",
    "dot segments": lambda path: path.replace("/", "/./"),
    "a detour": lambda path: "/x/.." + path,
    "a detour, percent-encoded": lambda path: "/x/%2e%2e" + path,
    "above the root": lambda path: "/../.." + path,
    "a dot at the end": lambda path: path + "/.",
}
REFUSED: dict[str, Callable[[str], str]] = {
    "another host": lambda path: "//evil.example" + path,
    "another host by backslashes": lambda path: "/\\evil.example" + path,
    "a user": lambda path: "//user:word@evil.example" + path,
    "a host behind": lambda path: path + "@evil.example",
    "an address inside": lambda path: "/https://evil.example" + path,
    "a line end": lambda path: path + "%0d%0aLocation:%20//evil.example",
    "a null": lambda path: path + "%00",
    "no UTF-8": lambda path: path + "%FF",
    "cut UTF-8": lambda path: path + "%E7%B3",
    "encoded twice": lambda path: "/" + path[1:].replace("/", "%252F") + "%2570",
    "a script": lambda path: path + "<script>",
    "ten thousand letters": lambda path: path + "a" * 10_000,
    "a surrogate": lambda path: path + "%ED%A0%80",
}


@pytest.mark.parametrize("path", CANONICAL)
@pytest.mark.parametrize("spelling", WHOLE)
def test_another_spelling_leads_to_the_one_address(service: Service, path: str, spelling: str) -> None:
    written = WHOLE[spelling](path)
    reply = send(service.address, written)
    assert written != path
    assert reply.status in REDIRECTS
    assert reply.headers["location"] == path


@pytest.mark.parametrize("path", CANONICAL)
@pytest.mark.parametrize("spelling", REFUSED)
def test_what_is_no_spelling_of_it_is_not_found(service: Service, path: str, spelling: str) -> None:
    assert send(service.address, REFUSED[spelling](path)).status == 404


def test_every_address_of_the_list_answers_and_all_spellings_were_tried(service: Service) -> None:
    assert {send(service.address, path).status for path in CANONICAL} == {200, 303}
    assert (len(CANONICAL), len(WHOLE), len(REFUSED)) == (16, 14, 13)


@pytest.mark.parametrize(
    "query", ["x=1", "page=1", "page=01", "page=+2", "page=２", "page=0", "?", "a/../b", "%0d%0a"]
)
def test_a_query_leads_to_the_address_without_it(service: Service, query: str) -> None:
    for path in CANONICAL:
        reply = send(service.address, f"{path}?{query}")
        assert (reply.status, reply.headers["location"]) == (301, path)


def test_a_reader_may_choose_the_language_of_a_page_and_of_nothing_else(service: Service) -> None:
    pages = [path for path in CANONICAL if path.startswith("/doc/") or path == "/ontology"]
    assert {send(service.address, f"{path}?lang=en").status for path in (*pages, "/")} == {200}
    assert {send(service.address, f"{path}?lang=de").status for path in pages} == {301}
    others = set(CANONICAL) - set(pages)
    assert {send(service.address, f"{path}?lang=en").headers["location"] for path in others} == others
    wide = send(service.address, "/DOC/070009/plan/small/?lang=en")
    assert wide.headers["location"] == "/doc/070009/plan/small?lang=en"


def letters(path: str) -> st.SearchStrategy[str]:
    """Spellings that differ in some characters: encoded, full-width, in capitals, decomposed, or detoured."""
    ways = st.sampled_from(
        [str, str.upper, wide, quote, lambda c: f"%{ord(c):02X}", lambda c: quote(wide(c))]
    )
    extra = st.sampled_from(
        ["", "", "", "/", "./", "//", "%2f", "x/../", "%c0%af", "\\", "@", "%0a", "%00", ";", "がが"]
    )
    parts = [st.tuples(st.just(letter), ways, extra) for letter in path]
    return st.tuples(*parts).map(lambda found: "".join(way(letter) + more for letter, way, more in found))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_mangling_has_a_page_of_its_own_or_leads_away(service: Service, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(CANONICAL))
    written = data.draw(letters(path))
    if data.draw(st.booleans()):
        written = unicodedata.normalize("NFD", written)
    written = written if written.startswith("/") else f"/{written}"
    reply = send(service.address, written)
    assert "evil" not in str(reply.headers)
    if is_itself(written, path, reply):
        return
    assert reply.status in {404, *REDIRECTS}
    if reply.status in REDIRECTS:
        assert reply.headers["location"] == path


def is_itself(written: str, path: str, reply: Reply) -> bool:
    """Whether nothing was mangled after all: some characters are the same in every spelling."""
    return written == path and reply.status in {200, 303}


PATHS = st.text(st.sampled_from("abz019/.%-_~:@!$&'()*+,;= \\?#<>\"\x00\r\n県ａ"), max_size=60)


@given(PATHS)
def test_spellings_are_few_and_end_in_a_plain_path(path: str) -> None:
    found = list(spellings("/" + path))
    assert 1 <= len(found) <= 3
    assert found[0] == "/" + path
    assert "//" not in "".join(found[1:])
    assert not any(segment in {".", ".."} for spelling in found[1:] for segment in spelling.split("/"))


@given(PATHS, st.sampled_from(["/doc/", "/data/", "/id/", "/graph/", "/concept/", "/"]))
def test_a_target_leads_back_to_the_path_it_was_read_from(path: str, start: str) -> None:
    addresses = Addresses(BASE)
    target = read_target(addresses, start + path)
    if target is not None:
        there = target.path(addresses)
        assert there.startswith("/")
        assert not there.startswith("//")
        again = read_target(addresses, there)
        assert again == target
        assert addresses.is_thing(target.address)


def test_a_part_of_data_is_a_part_of_its_address() -> None:
    target = read_target(Addresses(BASE), "/data/070009/plan/small.nt", "page=12")
    assert target == Target(f"{BASE}id/070009/plan/small", View.DATA, "nt", 12)
    assert target.path(Addresses(BASE)) == "/data/070009/plan/small.nt?page=12"
