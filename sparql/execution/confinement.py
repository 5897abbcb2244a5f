"""What a worker process can never do again, whatever a query contrives: open a socket, or start a program.

The engine has no switch for SERVICE. So the kernel refuses: a filter (seccomp(2)) answers EPERM to the system
calls below, in all threads of the process and for good. The engine may still open the files of its store, of
which a large one has many.
"""

from __future__ import annotations

import ctypes
import platform
import sys
from dataclasses import dataclass

PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, MODE_FILTER = 22, 38, 2
LOAD, EQUALS, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000
NUMBER, ARCHITECTURE = 0, 4
"""Where the number of a call and its architecture stand in what a filter sees (struct seccomp_data)."""
OTHER_ABI = 0x40000000
"""From this number on, calls on x86_64 are those of another interface (x32), with other numbers."""


@dataclass(frozen=True)
class Machine:
    """An architecture: its name for the kernel's audit, and the numbers of the calls that are refused."""

    audit: int
    socket: int
    execve: int
    execveat: int
    io_uring_setup: int = 425

    @property
    def refused(self) -> tuple[int, ...]:
        """The numbers of the refused calls."""
        return (self.socket, self.execve, self.execveat, self.io_uring_setup)


MACHINES = {
    "x86_64": Machine(0xC000003E, socket=41, execve=59, execveat=322),
    "aarch64": Machine(0xC00000B7, socket=198, execve=221, execveat=281),
}
Step = tuple[int, int, int, int]
"""One instruction of a filter: what to do, how far to jump if so and if not, and with which value."""


class _Filter(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("jt", ctypes.c_ubyte),
        ("jf", ctypes.c_ubyte),
        ("k", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.POINTER(_Filter)))


def confine() -> bool:
    """Confine this process for good; False where this machine knows no such filter, and nothing is done."""
    machine = MACHINES.get(platform.machine()) if sys.platform == "linux" else None
    if machine is None:
        return False
    steps = _steps(machine)
    filters = (_Filter * len(steps))(*(_Filter(*step) for step in steps))
    program = _Program(len(steps), filters)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _steps(machine: Machine) -> list[Step]:
    refusals = [step for number in machine.refused for step in _refuse(EQUALS, number)]
    return [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUALS, 1, 0, machine.audit),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        *_refuse(AT_LEAST, OTHER_ABI),
        *refusals,
        (RETURN, 0, 0, ALLOW),
    ]


def _refuse(comparison: int, number: int) -> tuple[Step, Step]:
    return (comparison, 0, 1, number), (RETURN, 0, 0, REFUSE)
