"""A row of `moved.csv` in the folder of a document is a statement about an address that ended."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph_builder.errors import DeclarationError
from graph_builder.folders import Folders
from graph_builder.namespaces import DCTERMS, DEFAULT_BASE, OWL, SKOS, XSD
from graph_builder.pipeline import build
from graph_builder.tables.collection import Tables
from graph_builder.tables.moves import add_moves

REVIEW = "ict-data-plan-2019-review"
MOVED = """thing,now,reason
id/070009/section/before,id/070009/document/ict-data-plan-2019-review,見出しを改めた。
id/070009/section/never,,二重に登録していた。
"""


def test_what_the_table_lists_is_stated_in_the_graph_of_the_document(tmp_path: Path) -> None:
    for name in ("classes", "reference", REVIEW):
        shutil.copytree(Folders.mappings / name, tmp_path / "mappings" / name)
    (tmp_path / "mappings" / REVIEW / "moved.csv").write_text(MOVED, encoding="utf-8")
    folders = Folders(mappings=tmp_path / "mappings", out=tmp_path / "build")
    assert build(folders).report.conforms
    thing, graph = f"{DEFAULT_BASE}id/070009", f"<{DEFAULT_BASE}graph/{REVIEW}>"
    ended = (f"<{thing}/section/before>", f"<{thing}/section/never>")
    stated = [line for line in folders.dataset.read_text("utf-8").splitlines() if line.startswith(ended)]
    assert stated == [
        f"{ended[0]} <{DCTERMS.isReplacedBy}> <{thing}/document/{REVIEW}> {graph} .",
        f'{ended[1]} <{OWL.deprecated}> "true"^^<{XSD.boolean}> {graph} .',
        f'{ended[1]} <{SKOS.changeNote}> "二重に登録していた。"@ja {graph} .',
    ]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("https://evil.example/,,理由", "is no address of a thing"),
        ("id/a b,,理由", "is no address of a thing"),
        ("id/a,//evil.example,理由", "is no address of a thing"),
        ("id/a,id/a,理由", "moved to itself"),
        ("id/a,id/b,", "the reason is missing"),
    ],
)
def test_a_row_that_cannot_be_right_is_named(tmp_path: Path, row: str, what: str) -> None:
    (tmp_path / "moved.csv").write_text(f"thing,now,reason\n{row}\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match=rf"moved\.csv.*{what}"):
        add_moves(tmp_path, "document", "070009", Tables())


def test_a_folder_without_the_table_has_no_moves(tmp_path: Path) -> None:
    add_moves(tmp_path, "document", "070009", Tables())
