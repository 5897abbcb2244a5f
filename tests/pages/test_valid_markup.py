"""Every kind of page, in both languages, is valid for the Nu checker; so are the style sheets and drawings.

The kinds stand in `page_kinds.csv`; what the checker says and we do not follow stands in `nu_ignored.csv`.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import httpx
import pytest

from api.pages.entity.kinds import kinds

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
JAR = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
STATIC = ROOT / "api/static"
DRAWING = "/lineage/id/070009/plan/digital-plan-2022.svg?direction=both"
SECONDS = 300


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file beside this one."""
    return list(csv.DictReader((HERE / name).read_text("utf-8").splitlines()))


KINDS = rows("page_kinds.csv")


def test_every_kind_of_thing_is_among_the_pages() -> None:
    names = {row["name"] for row in KINDS}
    assert len(names) == len(KINDS) == 63
    assert {kind.name for kind in kinds()} - names == {"instrument"}


def test_pages_style_sheets_and_drawings_are_valid(site: httpx.Client, tmp_path: Path) -> None:
    for row in KINDS:
        for language in ("ja", "en"):
            answer = site.get(row["path"], headers={"Accept-Language": language})
            assert answer.status_code == (404 if row["name"] == "not-found" else 200), row["path"]
            (tmp_path / f"{row['name']}.{language}.html").write_bytes(answer.content)
    (tmp_path / "lineage.svg").write_bytes(site.get(DRAWING).content)
    for sheet in STATIC.glob("*.css"):
        shutil.copy(sheet, tmp_path)
    found = {(name, message) for name, message in messages(tmp_path) if not ignored(name, message)}
    assert found == set()


def ignored(file: str, message: str) -> bool:
    """Whether we know of a message and have a reason."""
    return any(fnmatch(file, row["file"]) and message == row["message"] for row in rows("nu_ignored.csv"))


def messages(folder: Path) -> set[tuple[str, str]]:
    """The name of a file and what the checker says of it, errors and warnings alike."""
    java = shutil.which("java")
    if java is None or not JAR.is_file():
        pytest.skip("needs Java, and the Nu checker that `make setup` installs in node_modules")
    files = [str(path) for path in sorted(folder.iterdir())]
    options = ["--format", "json", "--also-check-css", "--also-check-svg"]
    ran = subprocess.run(  # a stranger's program: bounded
        [java, "-jar", str(JAR), *options, *files],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    found = json.loads(ran.stderr)["messages"]
    return {(Path(each["url"]).name, each["message"]) for each in found}
