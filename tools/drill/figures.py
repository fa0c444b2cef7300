"""The figures of a run, the bars they must reach, the table that shows both."""

import dataclasses
import statistics
from collections.abc import Mapping, Sequence

MOST_SECONDS_AWAY = 5.0
LEAST_DRAINED_A_SECOND = 30.0
MOST_SLOWER = 1.25  # times the median of the same run
NOISE_MS = 5.0
SHOWN = 8


@dataclasses.dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the table; `is_missed` says that its bar is not reached."""

    name: str
    value: str
    bar: str = ""
    is_missed: bool = False


def at_most(name: str, value: float, bar: float, *, unit: str = "") -> Figure:
    return Figure(name=name, value=f"{value:.4g}{unit}", bar=f"≤ {bar:.4g}{unit}", is_missed=not value <= bar)


def at_least(name: str, value: float, bar: float, *, unit: str = "") -> Figure:
    return Figure(name=name, value=f"{value:.4g}{unit}", bar=f"≥ {bar:.4g}{unit}", is_missed=not value >= bar)


def told(name: str, value: object) -> Figure:
    return Figure(name=name, value=str(value))


def no_fault(name: str, faults: Sequence[str]) -> Figure:
    return Figure(name=name, value=str(len(faults)), bar="0", is_missed=bool(faults))


def median_ms(seconds: Sequence[float]) -> float:
    return statistics.median(seconds) * 1000 if seconds else float("nan")


def no_slower(name: str, seconds: Sequence[float], *, usual: Sequence[float]) -> Figure:
    """The median against the one of the same run while nothing was amiss."""
    return at_most(name, median_ms(seconds), median_ms(usual) * MOST_SLOWER + NOISE_MS, unit=" ms")


def table(title: str, figures: Sequence[Figure], faults: Mapping[str, Sequence[str]]) -> str:
    """What a person reads at the end: the figures, then the first faults of each kind."""
    lines = [f"\n=== {title}", f"{'':46}{'found':>14}{'bar':>14}"]
    lines += [
        f"{figure.name:46}{figure.value:>14}{figure.bar:>14}{'   MISSED' if figure.is_missed else ''}"
        for figure in figures
    ]
    for name, found in faults.items():
        lines += [f"  {name}: {fault}" for fault in found[:SHOWN]]
        lines += [f"  {name}: … and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return "\n".join(lines)
