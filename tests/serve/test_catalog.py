"""The catalogue and the dumps over HTTP: what the catalogue promises is what a client gets."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from api.dumps import Dumps
from graph_builder.catalog.writing import write_catalog
from graph_builder.folders import Folders
from graph_builder.namespaces import DCAT, DCTERMS, SPDX, VOID
from graph_builder.publication import publish
from graph_builder.switching import roll_back
from tests.pages.reading import tree_of
from tests.serve.running import BASE, LIMITS, Service, running, small_folders

HTML = {"Accept": "text/html"}
FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
WHOLE = NamedNode(f"{BASE}id/jp/dataset/keifu")


def published(folders: Folders, version: str) -> Path:
    """A publication with its catalogue."""
    write_catalog(folders, BASE)
    return publish(folders, version, BASE)


def objects(quads: list[Quad], subject: object, name: str) -> list[str]:
    found = [quad.object for quad in quads if (quad.subject, quad.predicate.value) == (subject, name)]
    return [value.value for value in found if isinstance(value, NamedNode | Literal)]


def read(
    client: httpx.Client, path: str = "/catalog", media_type: str = "application/n-triples"
) -> list[Quad]:
    answer = client.get(path, headers={"Accept": media_type}).raise_for_status()
    assert answer.headers["content-type"].partition(";")[0] == media_type
    return list(parse(answer.content, format=FORMATS[media_type]))


def test_every_form_of_the_catalogue_says_the_same(client: httpx.Client) -> None:
    said = {
        media_type: {quad.triple for quad in read(client, "/catalog", media_type)} for media_type in FORMATS
    }
    assert len(set(map(frozenset, said.values()))) == 1
    for ending, media_type in zip(("ttl", "nt", "jsonld", "rdf"), FORMATS, strict=True):
        quads = parse(client.get(f"/catalog.{ending}").content, format=FORMATS[media_type])
        assert {quad.triple for quad in quads} == said[media_type]


def test_turtle_is_written_with_our_prefixes(client: httpx.Client) -> None:
    text = client.get("/catalog.ttl").text
    assert "a dcat:Catalog" in text
    assert f"<{WHOLE.value}>" in text or "id:" in text


@pytest.mark.parametrize("path", ["/catalog", "/dumps/"])
def test_a_page_is_correct_html_whose_links_lead_somewhere(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers=HTML)
    links = {href for element in tree_of(answer).iter() if (href := element.get("href"))}
    assert "小さな計画" in answer.text or path == "/dumps/"
    for link in sorted(link for link in links if link.startswith("/")):
        assert client.head(link, headers=HTML, follow_redirects=True).status_code == 200, link


def test_the_home_page_and_every_other_lead_to_the_data(client: httpx.Client) -> None:
    assert '<a href="/catalog">データ' in client.get("/").text


@pytest.mark.parametrize(
    ("accept", "location"),
    [
        ("*/*", "/catalog.ttl"),
        ("text/turtle", "/catalog.ttl"),
        ("application/ld+json", "/catalog.jsonld"),
        ("text/html,*/*;q=0.8", "/catalog"),
    ],
)
def test_the_well_known_address_leads_to_the_description(
    client: httpx.Client, accept: str, location: str
) -> None:
    answer = client.get("/.well-known/void", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["location"]) == (303, location)
    assert "Accept" in answer.headers["vary"]
    said = read(client, "/catalog.ttl", "text/turtle")
    assert objects(said, WHOLE, VOID.triples) == ["35"]


def test_every_dump_of_the_catalogue_answers_with_the_bytes_it_declares(client: httpx.Client) -> None:
    said = read(client)
    addresses = [str(quad.object)[1:-1] for quad in said if quad.predicate.value == DCAT.downloadURL]
    assert len(addresses) == 8 + 2 * 4 + 2 * 5
    for address in addresses:
        assert client.get(f"/{address.removeprefix(BASE)}").status_code == 200, address
    said = read(client)  # every dump is made by now, so the catalogue knows every size
    for address in addresses:
        body = client.get(f"/{address.removeprefix(BASE)}").content
        (dump,) = (quad.subject for quad in said if quad.object == NamedNode(address)
                   and quad.predicate.value == DCAT.downloadURL)  # fmt: skip
        assert objects(said, dump, DCAT.byteSize) == [str(len(body))]
        (checksum,) = objects(said, dump, SPDX.checksum)
        known = objects(said, NamedNode(checksum), SPDX.checksumValue)
        assert known == [hashlib.sha256(body).hexdigest()]


def test_the_list_of_dumps_is_the_manifest(client: httpx.Client, service: Service) -> None:
    manifest = client.get("/dumps/", headers={"Accept": "application/json"}).json()
    version = hashlib.sha256(service.folders.dataset.read_bytes()).hexdigest()
    assert manifest["version"] == version
    assert {dump["name"] for dump in manifest["dumps"]} >= {
        "keifu.nq",
        "graph-small.ttl",
        "class-kf-Plan.csv",
    }


def test_a_dump_is_a_file_to_take_away(client: httpx.Client, service: Service) -> None:
    body = service.folders.dataset.read_bytes()
    got = client.get("/dumps/keifu.nq")
    assert got.content == body
    assert got.headers["content-type"] == "application/n-quads"
    assert got.headers["content-length"] == str(len(body))
    assert got.headers["content-disposition"] == 'attachment; filename="keifu.nq"'
    assert got.headers["etag"].startswith('"')
    head = client.head("/dumps/keifu.nq")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(body))
    packed = client.get("/dumps/keifu.nq.gz")
    assert packed.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in packed.headers
    assert gzip.decompress(packed.content) == body
    assert client.get("/dumps/class-kf-Plan.csv").headers["content-type"] == "text/csv; charset=utf-8"


def test_a_dump_can_be_asked_for_again_and_in_parts(client: httpx.Client) -> None:
    got = client.get("/dumps/keifu.ttl")
    again = client.get("/dumps/keifu.ttl", headers={"If-None-Match": got.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/dumps/keifu.ttl", headers={"If-None-Match": '"other", *'})
    assert (other.status_code, other.content) == (200, got.content)
    part = client.get("/dumps/keifu.ttl", headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, got.content[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(got.content)}"
    late = client.get("/dumps/keifu.ttl", headers={"Range": "bytes=10-19", "If-Range": '"other"'})
    assert (late.status_code, late.content) == (200, got.content)


@pytest.mark.parametrize(
    "name",
    [
        "nothing",
        "keifu.exe",
        "keifu.nq.gz.gz",
        ".keifu.ttl.json",
        ".making",
        "..%2f..%2fdataset.nq",
        "%2e%2e%2fdataset.nq",
        "graph-..ttl",
        "class-kf-Unheard.csv",
        "%00",
    ],
)
def test_a_name_that_is_not_in_the_list_is_not_found(client: httpx.Client, name: str) -> None:
    client.get("/dumps/keifu.ttl").raise_for_status()
    answer = client.get(f"/dumps/{name}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_a_catalogue_in_an_unknown_form_is_not_found_or_not_acceptable(client: httpx.Client) -> None:
    assert client.get("/catalog.pdf").status_code == 404
    assert client.get("/catalog", headers={"Accept": "image/png"}).status_code == 406


def test_before_a_publication_the_data_are_unavailable(tmp_path: Path) -> None:
    with (
        running(LIMITS, small_folders(tmp_path)) as service,
        httpx.Client(base_url=service.address) as client,
    ):
        for path in ("/catalog", "/catalog.ttl", "/dumps/", "/dumps/keifu.nq"):
            answer = client.get(path)
            assert answer.status_code == 503, path
            assert answer.headers["retry-after"]


def test_two_requests_at_once_make_one_dump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = small_folders(tmp_path)
    published(folders, "v")
    made: list[str] = []
    run = Dumps._run

    async def counted(self: Dumps, *arguments: str) -> None:
        made.append(arguments[2])
        await run(self, *arguments)

    monkeypatch.setattr(Dumps, "_run", counted)
    with running(LIMITS, folders) as service, ThreadPoolExecutor(8) as threads:
        names = ["keifu.jsonld"] * 6 + ["keifu.trig"] * 2
        asked = [threads.submit(httpx.get, f"{service.address}/dumps/{name}", timeout=60) for name in names]
        answers = [each.result() for each in asked]
    assert [answer.status_code for answer in answers] == [200] * 8
    assert len({answer.content for answer in answers}) == 2
    assert sorted(made) == ["keifu.jsonld", "keifu.trig"]


def test_pages_answer_while_a_dump_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = small_folders(tmp_path)
    published(folders, "v")
    may_end = threading.Event()
    run = Dumps._run

    async def slow(self: Dumps, *arguments: str) -> None:
        await asyncio.to_thread(may_end.wait, 30)
        await run(self, *arguments)

    monkeypatch.setattr(Dumps, "_run", slow)
    with running(LIMITS, folders) as service, ThreadPoolExecutor(1) as threads:
        dump = threads.submit(httpx.get, f"{service.address}/dumps/keifu.nq.gz", timeout=60)
        assert httpx.get(f"{service.address}/catalog.ttl", timeout=30).status_code == 200
        assert not dump.done()
        may_end.set()
        assert gzip.decompress(dump.result().content) == folders.dataset.read_bytes()


def test_a_dump_is_of_what_is_published_not_of_the_last_build(tmp_path: Path) -> None:
    folders = small_folders(tmp_path)
    published(folders, "v")
    kept = folders.dataset.read_bytes()
    folders.dataset.write_text("a build that was refused", encoding="utf-8")
    with running(LIMITS, folders) as service:
        assert httpx.get(f"{service.address}/dumps/keifu.nq", timeout=60).content == kept
        packed = httpx.get(f"{service.address}/dumps/keifu.nq.gz", timeout=60).content
        assert gzip.decompress(packed) == kept


def test_a_rollback_changes_the_answers_of_a_running_service_and_breaks_none(tmp_path: Path) -> None:
    folders = small_folders(tmp_path)
    folders.report.with_suffix(".json").write_text('"first"', encoding="utf-8")
    published(folders, "first")
    first = folders.dataset.read_bytes()
    folders.dataset.write_bytes(first.replace("小さな計画".encode(), "新しい計画".encode()))
    folders.report.with_suffix(".json").write_text('"second"', encoding="utf-8")
    published(folders, "second")
    stop, went_round = threading.Event(), threading.Event()
    faults: list[tuple[str, int]] = []
    paths = "/doc/070009/plan/small", "/catalog.ttl", "/report.json", "/dumps/keifu.ttl"
    titles = {"first": "小さな計画", "second": "新しい計画"}
    with running(LIMITS, folders) as service:

        def ask_on() -> None:
            with httpx.Client(base_url=service.address, timeout=60) as client:
                while not stop.is_set():
                    answers = [(path, client.get(path).status_code) for path in paths]
                    faults.extend(each for each in answers if each[1] != 200)
                    went_round.set()

        thread = threading.Thread(target=ask_on)
        thread.start()
        try:
            with httpx.Client(base_url=service.address, timeout=60) as client:
                for name in ("second", "first", "second", "first"):
                    assert titles[name] in client.get("/doc/070009/plan/small").text
                    assert client.get("/report.json").json() == name
                    dump = client.get("/dumps/keifu.nq")
                    assert titles[name] in dump.text
                    (version,) = objects(read(client), WHOLE, DCAT.version)
                    assert version == hashlib.sha256(dump.content).hexdigest()
                    went_round.clear()
                    roll_back(folders)
                    assert went_round.wait(60)
        finally:
            stop.set()
            thread.join(timeout=60)
    assert faults == []


def test_the_dumps_of_a_swept_publication_go_with_it(tmp_path: Path) -> None:
    folders = small_folders(tmp_path)
    names = []
    with running(LIMITS, folders) as service:
        for version in ("a", "b", "c"):
            published(folders, version)
            httpx.get(f"{service.address}/dumps/keifu.ttl", timeout=60).raise_for_status()
            names.append({path.name for path in (folders.out / "dumps").iterdir()})
    assert names == [{"a-1"}, {"a-1", "b-1"}, {"b-1", "c-1"}]


def test_a_dump_that_cannot_be_written_is_a_fault_that_is_told(tmp_path: Path) -> None:
    folders = small_folders(tmp_path)
    published(folders, "v")
    (folders.out / "dumps").write_text("in the way", encoding="utf-8")
    with running(LIMITS, folders) as service:
        answer = httpx.get(f"{service.address}/dumps/keifu.ttl", timeout=60)
        assert answer.status_code == 500
        assert "keifu.ttl" in answer.json()["detail"]
        (folders.out / "dumps").unlink()
        assert httpx.get(f"{service.address}/dumps/keifu.ttl", timeout=60).status_code == 200


def test_the_real_catalogue_and_a_dump_of_each_form(built: Folders, tmp_path: Path) -> None:
    out = tmp_path / "build"
    shutil.copytree(built.out, out, symlinks=True)
    with (
        running(LIMITS, Folders(out=out)) as service,
        httpx.Client(base_url=service.address, timeout=60) as client,
    ):
        page = client.get("/catalog", headers=HTML).text
        assert "indigo-lab" in page
        assert "2001-04-01 ～ 2026-03-31" in page
        for name in (
            "keifu.jsonld.gz",
            "graph-lineage.ttl",
            "class-kf-ProjectEntry.csv",
            "class-kf-Law.parquet",
        ):
            assert client.get(f"/dumps/{name}").status_code == 200
        titles = objects(read(client), WHOLE, DCTERMS.title)
        assert "系譜：公的な計画の系譜" in titles
        manifest = client.get("/dumps/", headers={"Accept": "application/json"}).json()
        assert sum("sha256" in dump for dump in manifest["dumps"]) == 1 + 4
        assert manifest["version"] == json.loads(built.manifest.read_text("utf-8"))["version"]
