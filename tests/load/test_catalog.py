"""The catalogue says in DCAT 3 and VoID what the dataset holds, on which terms, and where to get it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from graph_builder.catalog.words import read_words
from graph_builder.catalog.writing import write_catalog
from graph_builder.errors import DeclarationError, StoreError
from graph_builder.folders import Folders
from graph_builder.namespaces import (
    DCAT,
    DCTERMS,
    DEFAULT_BASE,
    KF,
    MEDIA_TYPE,
    PROV,
    RDF,
    SPDX,
    VOID,
    read_prefixes,
)
from graph_builder.statements import graph_sizes

BASE = "https://example.org/keifu/"
LINES = [
    f'<{BASE}id/a> <{BASE}p> "a > b <c> ." <{BASE}graph/two> .\n',
    f'<{BASE}id/a> <{BASE}p> "x" <{BASE}graph/one> .\n',
    f'<{BASE}id/b> <{BASE}p> "y" <{BASE}graph/two> .\n',
]
WHOLE = f"{DEFAULT_BASE}id/jp/dataset/keifu"
Said = Callable[[str, str], list[str]]


def small(folder: Path) -> Folders:
    folders = Folders(out=folder)
    folders.dataset.write_text("".join(LINES), encoding="utf-8")
    return folders


def values(quads: list[Quad], subject: str, name: str) -> list[NamedNode | Literal]:
    about = (NamedNode(subject), NamedNode(name))
    found = [quad.object for quad in quads if (quad.subject, quad.predicate) == about]
    return [value for value in found if isinstance(value, NamedNode | Literal)]


def test_graphs_are_counted_whatever_their_literals_hold(tmp_path: Path) -> None:
    assert graph_sizes(small(tmp_path).dataset) == {f"{BASE}graph/one": 1, f"{BASE}graph/two": 2}


def test_the_catalogue_names_version_and_graphs(tmp_path: Path) -> None:
    folders = small(tmp_path)
    assert write_catalog(folders, BASE) == {f"{BASE}graph/one": 1, f"{BASE}graph/two": 2}
    quads = list(parse(path=folders.catalog, format=RdfFormat.N_QUADS))
    whole = f"{BASE}id/jp/dataset/keifu"
    version = hashlib.sha256(folders.dataset.read_bytes()).hexdigest()
    assert {quad.graph_name for quad in quads} == {NamedNode(f"{BASE}graph/catalog")}
    assert values(quads, whole, DCAT.version) == [Literal(version)]
    assert values(quads, whole, VOID.subset) == [
        NamedNode(f"{BASE}graph/one"),
        NamedNode(f"{BASE}graph/two"),
    ]
    assert values(quads, whole, VOID.triples) == [Literal(3)]
    assert values(quads, f"{BASE}graph/one", DCTERMS.title) == [Literal("one")]


def test_the_catalogue_has_the_same_bytes_every_time(tmp_path: Path) -> None:
    folders = small(tmp_path)
    write_catalog(folders, BASE)
    first = folders.catalog.read_bytes()
    write_catalog(folders, BASE)
    assert first == folders.catalog.read_bytes()
    assert first.splitlines() == sorted(set(first.splitlines()))


def test_without_a_dataset_there_is_nothing_to_describe(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run keifu build first"):
        write_catalog(Folders(out=tmp_path), BASE)


@pytest.fixture(scope="module")
def said(built: Folders) -> Said:
    """The catalogue of the real graph: the sorted values of a property of a thing."""
    quads = list(parse(path=built.catalog, format=RdfFormat.N_QUADS))

    def look_up(subject: str, name: str) -> list[str]:
        return sorted(value.value for value in values(quads, subject, name))

    return look_up


def count(built: Folders, pattern: str) -> int:
    """A count over the dataset without its proposals, by SPARQL."""
    store = Store()
    store.bulk_load(path=built.dataset, format=RdfFormat.N_QUADS)
    store.remove_graph(NamedNode(f"{DEFAULT_BASE}graph/proposals"))
    rows = store.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}", use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    return int(next(rows)["n"].value)


def test_the_dataset_says_what_it_is_where_and_when(said: Said, built: Folders) -> None:
    assert said(WHOLE, RDF.type) == [VOID.Dataset, DCAT.Dataset]
    assert said(WHOLE, DCTERMS.title) == ["Keifu: the genealogy of public plans", "系譜：公的な計画の系譜"]
    assert said(WHOLE, DCAT.version) == [hashlib.sha256(built.dataset.read_bytes()).hexdigest()]
    (period,) = said(WHOLE, DCTERMS.temporal)
    assert said(period, DCAT.startDate) == ["2001-04-01"]
    assert said(period, DCAT.endDate) == ["2026-03-31"]
    assert said(WHOLE, DCTERMS.spatial) == ["http://data.e-stat.go.jp/lod/sac/C07000"]
    assert said(WHOLE, DCTERMS.conformsTo) == [KF.address.rstrip("#")]
    assert said(WHOLE, DCAT.landingPage) == [f"{DEFAULT_BASE}catalog"]


def test_the_dataset_names_every_source_and_the_terms_of_all(said: Said) -> None:
    sources = said(WHOLE, PROV.wasDerivedFrom)
    assert sum("/document/" in source for source in sources) == 5
    assert "https://github.com/indigo-lab/geonamesjp_vs_sac" in sources
    assert said(WHOLE, DCTERMS.license) == [
        "https://creativecommons.org/licenses/by-sa/4.0/",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ]
    assert any("福島県が公表した文書" in sentence for sentence in said(WHOLE, DCTERMS.rights))


def test_every_graph_is_a_dataset_with_its_own_terms(said: Said) -> None:
    graphs = said(WHOLE, VOID.subset)
    assert len(graphs) == 10
    assert said(WHOLE, DCTERMS.hasPart) == graphs
    for graph in graphs:
        assert said(graph, RDF.type) == [VOID.Dataset, DCAT.Dataset]
        assert said(graph, DCTERMS.title)
        assert said(graph, DCTERMS.rights) or said(graph, DCTERMS.license), graph
    (source,) = said(f"{DEFAULT_BASE}graph/digital-plan-2022", PROV.wasDerivedFrom)
    assert source == f"{DEFAULT_BASE}id/070009/document/digital-plan-2022"


def test_a_table_is_bound_by_the_terms_of_every_graph_in_it(said: Said) -> None:
    table = f"{DEFAULT_BASE}id/jp/dataset/class-sssom-Mapping"
    assert said(table, DCTERMS.license) == said(WHOLE, DCTERMS.license)
    plan = f"{DEFAULT_BASE}id/jp/dataset/class-kf-Measure"
    assert said(plan, DCTERMS.license) == []
    assert "Measure: table" in said(plan, DCTERMS.title)


def test_every_dataset_of_the_catalogue_has_distributions_with_address_and_type(said: Said) -> None:
    datasets = said(f"{DEFAULT_BASE}id/jp/catalog/keifu", DCAT.dataset)
    assert len(datasets) == 1 + 10 + 49
    for dataset in datasets:
        found = said(dataset, DCAT.distribution)
        assert len(found) == (8 if dataset == WHOLE else 2)
        for distribution in found:
            name = distribution.rpartition("/")[2]
            assert said(distribution, DCAT.downloadURL) == [f"{DEFAULT_BASE}dumps/{name}"]
            (media_type,) = said(distribution, DCAT.mediaType)
            assert media_type.startswith(MEDIA_TYPE.address)
            packed = [MEDIA_TYPE["application/gzip"]] if name.endswith(".gz") else []
            assert said(distribution, DCAT.compressFormat) == packed


def test_what_is_known_of_a_dump_at_build_is_its_version(said: Said, built: Folders) -> None:
    nquads = f"{DEFAULT_BASE}id/jp/distribution/keifu.nq"
    assert said(nquads, DCAT.byteSize) == [str(built.dataset.stat().st_size)]
    (checksum,) = said(nquads, SPDX.checksum)
    assert said(checksum, SPDX.checksumValue) == said(WHOLE, DCAT.version)
    assert said(checksum, SPDX.algorithm) == [SPDX.checksumAlgorithm_sha256]


def test_the_service_says_where_to_ask(said: Said) -> None:
    (service,) = said(f"{DEFAULT_BASE}id/jp/catalog/keifu", DCAT.service)
    assert said(service, DCAT.endpointURL) == [f"{DEFAULT_BASE}sparql"] == said(WHOLE, VOID.sparqlEndpoint)
    assert said(service, DCAT.servesDataset) == [WHOLE]


def test_the_counts_are_those_of_sparql(said: Said, built: Folders) -> None:
    assert said(WHOLE, VOID.entities) == [str(count(built, "SELECT DISTINCT ?s WHERE { ?s ?p ?o }"))]
    assert said(WHOLE, VOID.properties) == [str(count(built, "SELECT DISTINCT ?p WHERE { ?s ?p ?o }"))]
    assert said(WHOLE, VOID.classes) == [str(count(built, "SELECT DISTINCT ?c WHERE { ?s a ?c }"))]
    for name in ("Plan", "Passage", "LineageLink"):
        part = f"{DEFAULT_BASE}id/jp/dataset/class-kf-{name}"
        assert part in said(WHOLE, VOID.classPartition)
        assert said(part, VOID["class"]) == [KF[name]]
        things = count(built, f"SELECT DISTINCT ?s WHERE {{ ?s a <{KF[name]}> }}")
        assert said(part, VOID.entities) == [str(things)]
    part = f"{DEFAULT_BASE}.well-known/genid/catalog/property/kf:evidence"
    assert part in said(WHOLE, VOID.propertyPartition)
    assert said(part, VOID.triples) == [str(count(built, f"?s <{KF.evidence}> ?o"))]


def test_links_to_other_data_are_counted_by_property_and_target(said: Said) -> None:
    (linkset,) = said(f"{DEFAULT_BASE}graph/alignments-e-stat-revisions", VOID.subset)
    assert said(linkset, RDF.type) == [VOID.Linkset]
    assert said(linkset, VOID.triples) == ["60"]
    (target,) = said(linkset, VOID.objectsTarget)
    assert said(target, VOID.uriSpace) == ["http://data.e-stat.go.jp/lod/sac/"]
    linksets = said(f"{DEFAULT_BASE}graph/alignments", VOID.subset)
    assert sum(int(said(each, VOID.triples)[0]) for each in linksets) == 64 + 11 + 11


def test_vocabularies_and_examples_are_in_use(said: Said, built: Folders) -> None:
    assert set(said(WHOLE, VOID.vocabulary)) <= set(read_prefixes().values())
    assert KF.address in said(WHOLE, VOID.vocabulary)
    examples = said(WHOLE, VOID.exampleResource)
    assert len(examples) == 3
    text = built.dataset.read_text("utf-8")
    assert all(f"<{example}> <{RDF.type}>" in text for example in examples)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[publisher]", "[publishers]", "publisher: the catalogue needs it"),
        ("keywords =", "keyword =", "dataset.keywords: the catalogue needs it"),
        ("[service]\ntitle =", "[service]\nname =", "service.title: the catalogue needs it"),
        ("[graph]\n", "[graph]\ncolour = 1\n", "graph.colour: the catalogue has no such key"),
        ("[class]", "[other]\n[class]", "other: the catalogue has no such table"),
    ],
)
def test_words_that_are_missing_or_unknown_are_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = Folders().catalog_words.read_text("utf-8")
    assert text.count(old) == 1
    (tmp_path / "catalog.toml").write_text(text.replace(old, new), encoding="utf-8")
    words = Folders(mappings=tmp_path).catalog_words
    assert words.parent == tmp_path
    with pytest.raises(DeclarationError) as caught:
        read_words(words)
    assert says.partition(": ")[0] in str(caught.value.problems[0].place)
    assert says.partition(": ")[2] == caught.value.problems[0].what
