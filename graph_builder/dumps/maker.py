"""A process that makes one dump and keeps it: `python -m graph_builder.dumps.maker DATASET BASE NAME FOLDER`.

Beside a dump lies its measure, written before the dump appears: where there is a dump, it is whole and
measured. Several services may share a folder: a lock lets one of them make, and others find what it made.
"""

from __future__ import annotations

import fcntl
import sys
from pathlib import Path

from graph_builder.dumps.listing import dumps_of
from graph_builder.dumps.making import make
from graph_builder.dumps.measures import Measure, keep_measure, read_measure
from graph_builder.errors import KeifuError


def keep(dataset: Path, base: str, name: str, folder: Path) -> Measure:
    """Make a dump below `folder` if it is not there yet; raises KeyError for an unknown name."""
    dump = dumps_of(dataset, base)[name]
    scratch = folder / ".making"
    scratch.mkdir(parents=True, exist_ok=True)
    with (scratch / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = read_measure(folder, name)
        if known is not None:
            return known
        made = make(dataset, base, dump, scratch)
        keep_measure(folder, name, made)
        (scratch / name).replace(folder / name)
    return made


def main() -> None:
    """Make what the arguments say; what goes wrong is a line on standard error."""
    dataset, base, name, folder = sys.argv[1:]
    try:
        keep(Path(dataset), base, name, Path(folder))
    except (KeifuError, OSError) as fault:
        raise SystemExit(f"the dump {name} could not be made: {fault}") from fault


if __name__ == "__main__":
    main()
