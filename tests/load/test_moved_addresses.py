"""A row of `moved.csv` in the folder of a document is a statement about an address that ended."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph_builder.errors import DeclarationError
from graph_builder.folders import Folders
from graph_builder.pipeline import build
from graph_builder.tables.collection import Tables
from graph_builder.tables.moves import add_moves
from tests.serve.raw import send
from tests.serve.running import LIMITS, running

REVIEW = "ict-data-plan-2019-review"
MOVED = """thing,now,reason
id/070009/section/before,id/070009/document/ict-data-plan-2019-review,見出しを改めた。
id/070009/section/never,,二重に登録していた。
"""


def test_what_the_table_lists_answers_301_and_410(tmp_path: Path) -> None:
    for name in ("classes", "reference", REVIEW):
        shutil.copytree(Folders.mappings / name, tmp_path / "mappings" / name)
    (tmp_path / "mappings" / REVIEW / "moved.csv").write_text(MOVED, encoding="utf-8")
    folders = Folders(mappings=tmp_path / "mappings", out=tmp_path / "build")
    assert build(folders).report.conforms
    with running(LIMITS, folders) as service:
        moved = send(service.address, "/id/070009/section/before")
        assert (moved.status, moved.headers["location"]) == (301, f"/id/070009/document/{REVIEW}")
        gone = send(service.address, "/id/070009/section/never")
        assert gone.status == 410
        assert "二重に登録していた。" in gone.body.decode()


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
