"""Run every benchmark of this folder, one after the other, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":
    for script in sorted(Path(__file__).parent.glob("*/run.py")):
        print(f"== {script.parent.name}", flush=True)
        subprocess.run([sys.executable, str(script)], check=True)
