"""Our graph joined with real links of statistical areas, as docs/federation.md shows."""

from __future__ import annotations

import asyncio
import csv
import json
import re
import tomllib
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat

from graph_builder.folders import Folders
from sparql.execution.limits import Limits
from sparql.execution.pool import Pool
from sparql.federation.client import Client
from sparql.federation.federated import Federated
from sparql.federation.partners import BUILT_IN, find_partners
from sparql.federation.plan import Plan
from sparql.policy import examine
from sparql.protocol import Answer, Query
from sparql.refusals import PartnersNeededError
from tests.federate.loopback import oxigraph
from tests.federate.standing_in import partner, partners

BASE = "https://w3id.org/keifu/"
MANUAL = (Path(__file__).resolve().parents[2] / "docs" / "federation.md").read_text("utf-8")
EXAMPLES = re.findall(r"```sparql\n(.+?)```", MANUAL, re.DOTALL)
SAC = "http://data.e-stat.go.jp/lod/sac/"
REVISIONS = Folders.mappings / "alignments" / "e-stat-revisions.sssom.tsv"


def is_here(graph: str) -> bool:
    return graph.startswith(f"{BASE}graph/")


def test_the_manual_names_every_partner_of_the_list() -> None:
    record = tomllib.loads(BUILT_IN.read_text("utf-8"))
    assert re.findall(r"^\| `([a-z-]+)` \|", MANUAL, re.MULTILINE) == list(record["partner"])


def test_the_second_example_asks_e_stat_about_the_areas_of_our_graph() -> None:
    with pytest.raises(PartnersNeededError) as needed:
        examine(EXAMPLES[1], is_here)
    (visit,) = Plan.from_record(needed.value.plan).visits
    assert find_partners("built-in").of(visit.address).key == "e-stat"
    assert visit.keys == ("area",)
    assert any("strstarts" in str(piece) for piece in visit.context)


@pytest.mark.needs_shared
def test_the_first_example_joins_our_municipalities_with_the_revisions_of_their_areas(
    built: Folders, shared: Path, tmp_path: Path
) -> None:
    links = (shared / "federation" / "fukushima-area-codes.nt").read_bytes()
    with oxigraph(tmp_path / "links", links, RdfFormat.N_TRIPLES) as endpoint:
        answer = asyncio.run(ask(built, endpoint, EXAMPLES[0]))
    rows = [
        (row["name"]["value"], row["area"]["value"], row["place"]["value"], int(row["revisions"]["value"]))
        for row in json.loads(answer.body)["results"]["bindings"]
    ]
    assert sorted(rows) == sorted(expected(links.decode("utf-8")))
    assert len(rows) == 60
    assert rows[0] == ("喜多方市", f"{SAC}C07208-20060104", "http://geonames.jp/resource/福島県喜多方市", 16)
    (said,) = answer.contributions
    assert (said.partner, said.failed) == ("links", False)


def expected(links: str) -> list[tuple[str, str, str, int]]:
    """The rows as the two tables have them, without an engine."""
    areas: dict[str, set[str]] = {}
    for place, area in re.findall(r"^<(.+?)> <.+?narrowMatch> <(.+?)> \.$", links, re.MULTILINE):
        areas.setdefault(place, set()).add(area)
    lines = [line for line in REVISIONS.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [
        (row["subject_label"], area, place, len(known))
        for row in csv.DictReader(lines, delimiter="\t")
        for area in [row["object_id"].replace("sac:", SAC)]
        for place, known in areas.items()
        if area in known
    ]


async def ask(built: Folders, endpoint: str, text: str) -> Answer:
    """Ask with a list of one partner, which is on this machine."""
    address = "http://localhost:7878/query"
    listed = partners(partner("links", address, endpoint=endpoint, block=50), bindings=200)
    pool = Pool(built.store, BASE, Limits(seconds=20), workers=1, queue=4)
    client = Client(listed.user_agent)
    pool.start()
    try:
        return await Federated(pool, client, listed, base=BASE, seconds=20).answer(Query(text))
    finally:
        await client.close()
        await pool.stop()
