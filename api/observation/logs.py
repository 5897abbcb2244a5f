"""How the log is written: a line for each record on standard error, JSON for machines or text for readers."""

from __future__ import annotations

import json
import logging
import sys
import threading
from datetime import UTC, datetime
from functools import lru_cache
from typing import TextIO

from api.settings import LogFormat, Settings

PAUSE = 0.1
"""Seconds between two writes."""

RECORDS_AT_MOST = 100_000
"""Records that wait to be written, where whoever reads the log has stopped; more are counted and lost."""


class JsonLines(logging.Formatter):
    """One JSON object a line; everything beyond ASCII is escaped, so no value can begin a line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record, with the fields that it may carry."""
        entry = {
            "ts": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_fields(record),
        }
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry)


class TextLines(logging.Formatter):
    """A line for a terminal: time, level, what happened, and the fields as name=value."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record; a traceback follows on lines of its own."""
        pairs = "".join(f" {name}={value!r}" for name, value in _fields(record).items())
        line = f"{_moment(record)} {record.levelname.lower():7} {record.getMessage()}{pairs}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class PatientHandler(logging.Handler):
    """Writes ten times a second what was logged, from a thread of its own.

    So no request waits for the log, not even where nobody reads it any more.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        self._records: list[logging.LogRecord] = []
        self._lost = 0
        self._ended = threading.Event()
        self._writer = threading.Thread(target=self._write_on, name="log", daemon=True)
        self._writer.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record until the next write."""
        if len(self._records) < RECORDS_AT_MOST:
            self._records.append(record)
        else:
            self._lost += 1

    def close(self) -> None:
        """Write what is left; Python calls this when the process ends."""
        self._ended.set()
        self._writer.join(timeout=1)
        super().close()

    def _write_on(self) -> None:
        while not self._ended.wait(PAUSE):
            self._write()
        self._write()

    def _write(self) -> None:
        records, self._records = self._records, []
        lost, self._lost = self._lost, 0
        if lost:
            what = f"{lost} lines were lost: nobody read the log"
            records.append(logging.LogRecord(__name__, logging.ERROR, "", 0, what, None, None))
        if records:
            self._stream.write("".join(f"{self.format(record)}\n" for record in records))
            self._stream.flush()


FORMATTERS = {LogFormat.JSON: JsonLines, LogFormat.TEXT: TextLines}


def configure_logs(settings: Settings) -> None:
    """Send the log of this process, and of every library in it, to standard error in one form."""
    handler = PatientHandler(sys.stderr)
    handler.setFormatter(FORMATTERS[settings.log_format]())
    # What no line shows, and what would cost more than the line: the numbers of thread and process.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level.name)


def _fields(record: logging.LogRecord) -> dict[str, object]:
    line = getattr(record, "line", None)
    return line.fields() if line is not None else {}


def _moment(record: logging.LogRecord) -> str:
    """Return when it was, in UTC; the thousand records of a second have most of it in common."""
    second = int(record.created)
    return f"{_second(second)}.{int((record.created - second) * 1000):03d}+00:00"


@lru_cache(maxsize=8)
def _second(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%S")
