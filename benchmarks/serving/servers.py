"""The servers that are compared, each a process that is started, waited for and ended here."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from corpus import OXIGRAPH, ROOT, WORK, Corpus
from jobs import Job, run

PEER = WORK / "rdflib-endpoint"
REQUIREMENT = "rdflib-endpoint[cli]==0.6.3"
RESULTS = "application/sparql-results+json"
SECONDS_TO_START = 600
PROBE = "?query=ASK%7B%7D"


@dataclass(frozen=True)
class Server:
    """A server of one corpus: where its endpoint is, and its process."""

    name: str
    endpoint: str
    port: int
    command: list[str] = field(repr=False, hash=False)

    @contextmanager
    def running(self) -> Iterator[int]:
        """Start the server, wait until it answers, and yield its process id; end it afterwards."""
        log = WORK / f"{self.name}.log"
        with log.open("wb") as file:
            process = subprocess.Popen(self.command, cwd=ROOT, stdout=file, stderr=file)
        try:
            self._wait(process, log)
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _wait(self, process: subprocess.Popen[bytes], log: Path) -> None:
        job = Job(self.port, [(self.endpoint + PROBE, "")], RESULTS, None, 1, 0.001)
        for _ in range(SECONDS_TO_START * 2):
            time.sleep(0.5)
            if process.poll() is not None:
                break
            if _listens(self.port) and run(job).statuses.get("200"):
                return
        raise RuntimeError(f"{self.name} does not answer; {log} says why")


def keifu(corpus: Corpus) -> Server:
    """Ours, on its published store, with the settings that it has when nothing is set."""
    port = _free_port()
    command = [sys.executable, "-m", "api.cli", "serve", "--out", str(corpus.out), "--port", str(port)]
    return Server("keifu", "/sparql", port, command)


def oxigraph(corpus: Corpus) -> Server:
    """Oxigraph's own server, read-only as ours is."""
    port = _free_port()
    bind = f"127.0.0.1:{port}"
    command = [OXIGRAPH, "serve-read-only", "--location", str(corpus.oxigraph), "--bind", bind]
    return Server("oxigraph", "/query", port, command)


def rdflib_endpoint(corpus: Corpus) -> Server:
    """rdflib-endpoint with the store that it has by default: a graph in memory."""
    port = _free_port()
    program = str(PEER / "bin" / "rdflib-endpoint")
    command = [program, "serve", str(corpus.triples), "--host", "127.0.0.1", "--port", str(port)]
    return Server("rdflib-endpoint", "/", port, command)


@contextmanager
def all_running(corpus: Corpus) -> Iterator[dict[Server, int]]:
    """Run every server at once, ours first; only the one that is asked does anything."""
    with ExitStack() as stack:
        servers = (keifu(corpus), oxigraph(corpus), rdflib_endpoint(corpus))
        yield {server: stack.enter_context(server.running()) for server in servers}


def prepare_peer() -> None:
    """Make the environment of rdflib-endpoint: its pins are not ours."""
    if not (PEER / "bin" / "rdflib-endpoint").exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEER)], check=True)
        subprocess.run([str(PEER / "bin" / "pip"), "install", "--quiet", REQUIREMENT], check=True)


def peer_versions() -> dict[str, str]:
    """Name and version of each peer."""
    code = "from importlib.metadata import version as v; print(v('rdflib-endpoint'), v('rdflib'))"
    endpoint, rdflib = _output([str(PEER / "bin" / "python"), "-c", code]).split()
    return {
        "oxigraph": _output([OXIGRAPH, "--version"]).split()[-1],
        "rdflib-endpoint": endpoint,
        "rdflib": rdflib,
    }


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0


def _output(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
