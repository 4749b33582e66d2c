"""Read the invented cases that practitioners sign off, and check what each one claims.

A note is `id day source: sign finding, sign finding [explained day signs...] [corrects id]`; notes
are parted by ` / `. A claim is one of those in `holds`; claims are parted by `; `.
"""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from leeward.practice_model.reading import Reading

_NOTE = re.compile(
    r"(?P<id>\S+) (?P<on>\S+) (?P<source>\w+): (?P<signs>[^\[]*)"
    r"(?:\[explained (?P<explained>[^\]]+)\])? ?(?:\[corrects (?P<corrects>\S+)\])?"
)


def read_cases(path: Path) -> list[dict[str, str]]:
    """Every row of a file of cases."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def as_record(case: dict[str, str]) -> dict[str, Any]:
    """The record that a case's notes describe, as JSON."""
    return {
        "model": "2020",
        "as_of": case["as_of"],
        "observations": [_note(each) for each in case["notes"].split(" / ")],
        "away": [_away(each) for each in case["away"].split(" / ") if each],
    }


def _note(text: str) -> dict[str, Any]:
    found = _NOTE.fullmatch(text.strip())
    assert found, text
    note = {
        "id": found["id"],
        "on": None if found["on"] == "unknown" else found["on"],
        "source": found["source"],
        "indicators": [
            dict(zip(("id", "finding"), each.split(), strict=True))
            for each in found["signs"].split(",")
        ],
        "harm": "none",
        "about": "self",
    }
    if found["explained"]:
        on, *signs = found["explained"].split()
        note["explained"] = {"on": on, "how": "checked", "indicators": signs}
    if found["corrects"]:
        note["corrects"] = found["corrects"]
    return note


def _away(text: str) -> dict[str, Any]:
    start, _, end = text.partition("..")
    return {"from": start, "to": end or None}


def holds(claim: str, out: dict[str, Any], reading: Reading) -> bool:
    """Whether a claim is true of a reading (`out` is its JSON)."""
    for shape, check in _CLAIMS.items():
        found = re.fullmatch(shape, claim)
        if found:
            return check(out, reading, *found.groups())
    raise AssertionError(f"no such claim: {claim}")


def _supported(out, _, stage, evidence):
    return any(
        one["stage"] == stage and evidence in (None, one["evidence"]) for one in out["supported"]
    )


def _speaks(out, _, stage, side, ids):
    return any(
        one["stage"] == stage and set(ids.split()) <= set(one[side]) for one in out["supported"]
    )


def _last_known(_, reading, sign, day):
    seen = {(one.indicator, one.last_seen.isoformat()) for one in reading.last_known_harm}
    return (sign, day) in seen


_CLAIMS: dict[str, Callable[..., bool]] = {
    r"supports nothing": lambda out, _: not out["enough"] and not out["supported"],
    r"supports (\w+)(?: (limited|some|strong))?": _supported,
    r"first (\w+)": lambda out, _, stage: out["supported"][0]["stage"] == stage,
    r"thread (\w+) at none": lambda out, _, thread: out["threads"][thread]["stage"] is None,
    r"thread (\w+) at (\w+)": lambda out, _, thread, stage: (
        out["threads"][thread]["stage"] == stage
    ),
    r"thread (\w+) moves (in|away|steady|unknown)": lambda out, _, thread, way: (
        out["threads"][thread]["movement"] == way
    ),
    r"last known (\S+) on (\S+)": _last_known,
    r"(\w+) (for|against) has (.+)": _speaks,
    r"(\w+) has (.+)": lambda out, _, listed, ids: set(ids.split()) <= set(out[listed]),
}
