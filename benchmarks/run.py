"""Run every benchmark of this folder, one after the other."""

from __future__ import annotations

import runpy
from pathlib import Path

if __name__ == "__main__":
    for script in sorted(Path(__file__).parent.glob("*/run.py")):
        print(f"== {script.parent.name}", flush=True)
        runpy.run_path(str(script), run_name="__main__")
