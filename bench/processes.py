"""What processes cost, read from /proc: seconds of processor, bytes of memory."""

import os
from collections import defaultdict
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


def fields_of(pid: int) -> list[str]:
    """The fields of /proc/PID/stat that follow the name, which may hold spaces; nothing once it has ended."""
    try:
        text = (PROC / str(pid) / "stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text.rpartition(")")[2].split()


def parent_of(pid: int) -> int:
    return int(fields_of(pid)[1])


def tree(root: int) -> list[int]:
    """The process and all that came from it."""
    children = defaultdict(list)
    for entry in PROC.iterdir():
        if entry.name.isdecimal() and (fields := fields_of(int(entry.name))):
            children[int(fields[1])].append(int(entry.name))
    found = [root]
    for pid in found:
        found += children[pid]
    return found


def processor_seconds(root: int) -> float:
    """User and system time of the whole tree, its ended children included."""
    return sum(sum(map(int, fields_of(pid)[11:15])) for pid in tree(root)) / TICKS


def proportional_bytes(pid: int) -> int:
    """PSS: what is the process's own, and its part of what it shares."""
    rollup = (PROC / str(pid) / "smaps_rollup").read_text(encoding="utf-8")
    kibibytes = next(fact.split()[1] for fact in rollup.splitlines() if fact.startswith("Pss:"))
    return int(kibibytes) * 1024
