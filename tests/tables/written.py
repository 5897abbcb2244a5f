"""A document of one outline, as it is written to disk."""

from __future__ import annotations

import hashlib
from pathlib import Path


def write_document(folder: Path, text: str) -> Path:
    """Write the source and the declaration of a document whose key is the name of its folder."""
    folder.mkdir()
    (folder / "source.txt").write_text(text, encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    (folder / "document.toml").write_text(
        f'key = "{folder.name}"\nauthority = "070009"\ntitle = "題"\npublisher = "県"\nsha256 = "{digest}"\n'
        f'layouts = [{{reader = "outline", lines = [1, {len(text.splitlines())}]}}]\n',
        encoding="utf-8",
    )
    return folder
