"""Dumps: every form holds the same statements, the same bytes every time, and the manifest is true."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

from graph_builder.dumps.jsonld import write_jsonld
from graph_builder.dumps.listing import dumps_of, list_dumps
from graph_builder.dumps.maker import keep
from graph_builder.dumps.making import make, make_all
from graph_builder.dumps.manifest import MANIFEST
from graph_builder.dumps.measures import Measure, read_measure
from graph_builder.dumps.table_files import join, write_csv, write_parquet
from graph_builder.dumps.tables import Table, read_tables
from graph_builder.export import export_all
from graph_builder.folders import Folders
from graph_builder.json_ld import read_context
from graph_builder.namespaces import DCAT, DEFAULT_BASE, KF, RDF, SKOS, XSD
from graph_builder.statements import quads

CONTEXT = Folders.ontology / "context.jsonld"
PROPOSALS = NamedNode(f"{DEFAULT_BASE}graph/proposals")


@pytest.fixture(scope="module")
def dumped(built: Folders, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, Measure]]:
    """Every dump of the real dataset."""
    folder = tmp_path_factory.mktemp("dumps")
    return folder, make_all(built.dataset, DEFAULT_BASE, folder)


@pytest.fixture(scope="module")
def statements(built: Folders) -> set[Quad]:
    return set(quads(built.dataset))


def test_the_dataset_is_its_own_canonical_form(built: Folders, statements: set[Quad]) -> None:
    """RDFC-1.0 by another implementation: canonical N-Quads, sorted by code points, hashed."""
    dataset = Dataset(statements)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = (serialize(dataset, format=RdfFormat.N_QUADS) or b"").decode().splitlines(keepends=True)
    canonical = "".join(sorted(lines)).encode()
    assert canonical == built.dataset.read_bytes()


def test_the_manifest_is_true(dumped: tuple[Path, Mapping[str, Measure]], built: Folders) -> None:
    folder, _ = dumped
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    version = hashlib.sha256(built.dataset.read_bytes()).hexdigest()
    assert manifest["version"] == version
    assert manifest["rdfc10"] == {"hash": "sha256", "value": version}
    assert len(manifest["dumps"]) == 8 + 2 * 10 + 2 * 49
    for each in manifest["dumps"]:
        body = (folder / each["name"]).read_bytes()
        assert (len(body), hashlib.sha256(body).hexdigest()) == (each["bytes"], each["sha256"])
    assert {path.name for path in folder.iterdir()} == {each["name"] for each in manifest["dumps"]} | {
        MANIFEST
    }


def test_nquads_are_the_dataset(dumped: tuple[Path, Mapping[str, Measure]], built: Folders) -> None:
    assert (dumped[0] / "keifu.nq").read_bytes() == built.dataset.read_bytes()


@pytest.mark.parametrize(("ending", "form"), [("trig", RdfFormat.TRIG), ("jsonld", RdfFormat.JSON_LD)])
def test_forms_with_graphs_read_back_as_the_same_quads(
    dumped: tuple[Path, Mapping[str, Measure]], statements: set[Quad], ending: str, form: RdfFormat
) -> None:
    assert set(parse(path=dumped[0] / f"keifu.{ending}", format=form)) == statements


def test_turtle_is_the_merge_and_each_graph_is_itself(
    dumped: tuple[Path, Mapping[str, Measure]], statements: set[Quad]
) -> None:
    def read(name: str) -> set[Triple]:
        return {quad.triple for quad in parse(path=dumped[0] / name, format=RdfFormat.TURTLE)}

    assert read("keifu.ttl") == {quad.triple for quad in statements if quad.graph_name != PROPOSALS}
    graphs = {quad.graph_name for quad in statements}
    assert len(graphs) == 10
    for graph in graphs:
        name = f"graph-{str(graph).rpartition('/')[2].rstrip('>')}.ttl"
        assert read(name) == {quad.triple for quad in statements if quad.graph_name == graph}


def test_what_is_compressed_is_the_same_and_holds_no_time(dumped: tuple[Path, Mapping[str, Measure]]) -> None:
    packed = sorted(dumped[0].glob("*.gz"))
    assert len(packed) == 4 + 10
    for path in packed:
        body = path.read_bytes()
        assert gzip.decompress(body) == path.with_suffix("").read_bytes()
        assert body[3:8] == b"\0\0\0\0\0", "neither a name nor a time"


@pytest.mark.parametrize(
    "name", ["keifu.jsonld", "keifu.ttl.gz", "class-kf-Plan.csv", "class-kf-Plan.parquet"]
)
def test_the_same_dataset_gives_the_same_bytes(
    dumped: tuple[Path, Mapping[str, Measure]], built: Folders, tmp_path: Path, name: str
) -> None:
    dump = dumps_of(built.dataset, DEFAULT_BASE)[name]
    assert make(built.dataset, DEFAULT_BASE, dump, tmp_path) == dumped[1][name]


def things(built: Folders) -> dict[str, int]:
    """The number of things of each class outside the proposals, by SPARQL on the published store."""
    store = Store.read_only(str(built.store.resolve()))
    names = " ".join(f"<{DEFAULT_BASE}graph/{name}>" for name in ("catalog", "report", "ontology", "shapes"))
    rows = store.query(f"""SELECT ?class (COUNT(DISTINCT ?thing) AS ?count) WHERE {{
        GRAPH ?graph {{ ?thing a ?class }} FILTER(?graph NOT IN ({names.replace(" ", ", ")}, {PROPOSALS}))
    }} GROUP BY ?class""")
    assert isinstance(rows, QuerySolutions)
    return {row["class"].value: int(row["count"].value) for row in rows}


def test_a_table_has_as_many_rows_as_its_class_has_things(
    dumped: tuple[Path, Mapping[str, Measure]], built: Folders
) -> None:
    folder, _ = dumped
    counts = things(built)
    tables = {dump.name: dump.kind for dump in dumps_of(built.dataset, DEFAULT_BASE).values() if dump.kind}
    assert set(tables.values()) == set(counts)
    for name, kind in tables.items():
        if name.endswith(".parquet"):
            assert pq.read_table(folder / name).num_rows == counts[str(kind)]
        else:
            with (folder / name).open(encoding="utf-8", newline="") as file:
                assert sum(1 for _ in csv.DictReader(file)) == counts[str(kind)]


def test_a_parquet_holds_lists_with_numbers_and_says_which_property(
    dumped: tuple[Path, Mapping[str, Measure]],
) -> None:
    table = pq.read_table(dumped[0] / "class-kf-Measure.parquet")
    assert table.schema.names[0] == "iri"
    assert table.schema.field("kf:value").type == pa.list_(pa.decimal128(38, 9))
    assert table.schema.field("kf:value").metadata == {
        b"property": KF.value.encode(),
        b"datatype": XSD.decimal.encode(),
    }
    passages = pq.read_table(dumped[0] / "class-kf-Passage.parquet")
    assert passages.schema.field("kf:startLine").type == pa.list_(pa.int64())
    assert all(len(lines) == 1 for lines in passages["kf:startLine"].to_pylist())


def test_a_csv_and_a_parquet_hold_the_same_and_what_sparql_says(
    dumped: tuple[Path, Mapping[str, Measure]], statements: set[Quad]
) -> None:
    said: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in {quad.triple for quad in statements if quad.graph_name != PROPOSALS}:
        value = triple.object
        assert isinstance(triple.subject, NamedNode)
        assert isinstance(value, NamedNode | Literal)
        language = value.language if isinstance(value, Literal) else None
        said[triple.subject.value][f"{triple.predicate.value}@{language or ''}"].append(value.value)
    rows = pq.read_table(dumped[0] / "class-kf-Plan.parquet").to_pylist()
    names = {row["iri"]: row["skos:prefLabel@ja"] for row in rows}
    assert names == {iri: said[iri][f"{SKOS.prefLabel}@ja"] for iri in names}
    with (dumped[0] / "class-kf-Plan.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column, property_ in (("kf:theme@ja", KF.theme + "@ja"), ("rdf:type", RDF.type + "@")):
                assert split(row[column]) == sorted(said[row["iri"]][property_])


def split(cell: str) -> list[str]:
    """The values of a cell, by the rule that the catalogue states."""
    parts = re.findall(r"(?:[^\\|]|\\.)+", cell, re.DOTALL)
    marks = {"\\\\": "\\", "\\|": "|", "\\e": ""}
    return [re.sub(r"\\(.)", lambda match: marks[match[0]], part, flags=re.DOTALL) for part in parts]


@given(st.lists(st.text(st.characters(codec="utf-8"))))
def test_the_values_of_a_cell_can_be_told_apart(values: list[str]) -> None:
    assert split(join(values)) == values


TERMS = st.builds(
    NamedNode, st.sampled_from(["urn:x", KF.Plan, f"{DEFAULT_BASE}id/a", "https://example.org/?a=b#c"])
) | st.one_of(
    st.builds(Literal, st.text(st.characters(codec="utf-8"))),
    st.builds(lambda text: Literal(text, language="ja"), st.text(st.characters(codec="utf-8"))),
    st.sampled_from(
        [Literal("1.0", datatype=NamedNode(XSD[name])) for name in ("double", "decimal", "string", "date")]
        + [Literal("007", datatype=NamedNode(XSD.integer)), Literal("true", datatype=NamedNode(XSD.boolean))]
    ),
)
PROPERTIES = (RDF.type, KF.value, KF.plan, KF.theme, SKOS.prefLabel, SKOS.notation, "urn:p", KF.sha256)


SAID = st.sets(st.tuples(st.sampled_from(["urn:s", "urn:t"]), st.sampled_from(PROPERTIES), TERMS))


@given(st.dictionaries(st.sampled_from([None, f"{DEFAULT_BASE}graph/a", "urn:g"]), SAID))
def test_json_ld_keeps_every_value_as_it_is(graphs: dict[str | None, set[tuple[str, str, Any]]]) -> None:
    said = {
        name: sorted((Triple(NamedNode(s), NamedNode(p), o) for s, p, o in each), key=str)
        for name, each in graphs.items()
    }
    out = io.BytesIO()
    write_jsonld(said.items(), out, read_context(CONTEXT))
    found = set(parse(out.getvalue(), format=RdfFormat.JSON_LD))
    assert {(quad.triple, quad.graph_name) for quad in found} == {
        (triple, quad_graph(name)) for name, triples in said.items() for triple in triples
    }


def quad_graph(name: str | None) -> object:
    triple = (NamedNode("urn:s"), NamedNode("urn:p"), NamedNode("urn:o"))
    return Quad(*triple, NamedNode(name)).graph_name if name else Quad(*triple).graph_name


def test_json_ld_speaks_in_the_words_of_the_context(dumped: tuple[Path, Mapping[str, Measure]]) -> None:
    document = json.loads((dumped[0] / "keifu.jsonld").read_text("utf-8"))
    assert document["@context"] == json.loads(CONTEXT.read_text("utf-8"))["@context"]
    nodes = [node for graph in document["@graph"] for node in graph["@graph"]]
    entry = next(node for node in nodes if "ProjectEntry" in node.get("@type", []))
    assert entry["prefLabel"]["ja"]
    assert entry["plan"][0].startswith(f"{DEFAULT_BASE}id/")


def table(*triples: tuple[str, Literal | NamedNode]) -> Table:
    said = [Triple(NamedNode("urn:a"), NamedNode(RDF.type), NamedNode("urn:C"))]
    said += [Triple(NamedNode("urn:a"), NamedNode(name), value) for name, value in triples]
    return read_tables(said)["urn:C"]


def test_a_value_that_is_no_number_leaves_its_column_text() -> None:
    integer = NamedNode(XSD.integer)
    made = table(("urn:n", Literal("1", datatype=integer)), ("urn:n", Literal("many", datatype=integer)))
    out = io.BytesIO()
    write_parquet(made, out)
    assert pq.read_table(io.BytesIO(out.getvalue()))["urn:n"].to_pylist() == [["1", "many"]]


def test_a_csv_names_its_columns_by_property_and_language() -> None:
    made = table(
        (SKOS.prefLabel, Literal("計画", language="ja")),
        (SKOS.prefLabel, Literal("a|b", language="en")),
        ("urn:p", Literal("")),
    )
    out = io.BytesIO()
    write_csv(made, out)
    assert out.getvalue().decode().splitlines() == [
        "iri,rdf:type,skos:prefLabel@en,skos:prefLabel@ja,urn:p",
        "urn:a,urn:C,a\\|b,計画,\\e",
    ]


def test_classes_without_a_prefix_have_dumps_too() -> None:
    names = list_dumps([], ["urn:C", KF.Plan])
    assert "class-kf-Plan.csv" in names
    assert sum(bool(re.fullmatch(r"class-[0-9a-f]{10}\.(csv|parquet)", name)) for name in names) == 2


def test_a_dump_is_made_once_and_kept(built: Folders, tmp_path: Path) -> None:
    name = "graph-ict-data-plan-2019-review.ttl"
    assert read_measure(tmp_path, name) is None
    made = keep(built.dataset, DEFAULT_BASE, name, tmp_path)
    first = (tmp_path / name).stat().st_mtime_ns
    assert keep(built.dataset, DEFAULT_BASE, name, tmp_path) == made == read_measure(tmp_path, name)
    assert (tmp_path / name).stat().st_mtime_ns == first


def test_all_dumps_come_with_a_catalogue_that_knows_each(built: Folders, tmp_path: Path) -> None:
    export_all(built, tmp_path, DEFAULT_BASE)
    said = list(parse(path=tmp_path / "catalog.ttl", format=RdfFormat.TURTLE))
    known = [quad for quad in said if quad.predicate.value == DCAT.byteSize]
    manifest = json.loads((tmp_path / MANIFEST).read_text("utf-8"))
    assert len(known) == len(manifest["dumps"])
