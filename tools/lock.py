"""The locked requirements: `python tools/lock.py write|check`.

`write` resolves them anew. `check` needs no network: it walks from the `.in` files through what
the installed packages say they need, and fails unless the lock holds exactly that.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
NAMES = ("build", "main", "dev")
RESOLVE = (
    "uv pip compile --quiet --universal --python-version 3.11 --generate-hashes"
    " --no-strip-extras --no-emit-index-url --no-emit-find-links --custom-compile-command"
).split()
# A name and version, then perhaps the platforms it is for, then its hashes.
_PIN = re.compile(r"^(?P<what>[A-Za-z0-9].*?==[^\s;\\]+(?:\s*;[^\\]*)?)\s*\\?$")


def write() -> int:
    """Resolve each `.in` into its `.txt`, keeping the versions that still fit."""
    for name in NAMES:
        command = [*RESOLVE, "make lock", f"{name}.in", "-o", f"{name}.txt"]
        if name == "dev":
            command += ["-c", "main.txt"]
        done = subprocess.run(command, cwd=FOLDER, check=False)
        if done.returncode:
            return done.returncode
    return 0


def asked(path: Path) -> Iterator[Requirement]:
    """The requirements an `.in` file names, and those of the files it includes."""
    for raw in path.read_text(encoding="utf-8").splitlines():
        line = raw.partition("#")[0].strip()
        if line.startswith("-r "):
            yield from asked(path.parent / line.removeprefix("-r ").strip())
        elif line:
            yield Requirement(line)


def pinned(path: Path) -> dict[str, Requirement]:
    """The pins of a lock that hold on this platform, by canonical name."""
    found = (_PIN.match(line) for line in path.read_text(encoding="utf-8").splitlines())
    every = (Requirement(match["what"]) for match in found if match)
    return {canonicalize_name(each.name): each for each in every if _holds(each)}


def _holds(requirement: Requirement, extra: str = "") -> bool:
    marker = requirement.marker
    return marker is None or marker.evaluate({"extra": extra})


def _needs(requirement: Requirement) -> Iterator[Requirement]:
    extras = ["", *requirement.extras]
    for text in requires(requirement.name) or []:
        needed = Requirement(text)
        if any(_holds(needed, extra) for extra in extras):
            yield needed


def faults(name: str) -> list[str]:
    """What is wrong with one lock, a line each."""
    lock = FOLDER / f"{name}.txt"
    text, pins = lock.read_text(encoding="utf-8"), pinned(lock)
    found = [f"{name}.txt names an index" for word in ("://", "--index") if word in text]
    entries = re.findall(r"^[A-Za-z0-9].*$(?:\n[ ]+.*$)*", text, re.MULTILINE)
    found += [f"{name}.txt: no hash for {each[:40]!r}" for each in entries if "sha256" not in each]
    return found + _walk(name, pins)


def _walk(name: str, pins: dict[str, Requirement]) -> list[str]:
    found: list[str] = []
    wanted = list(asked(FOLDER / f"{name}.in"))
    reached: set[tuple[str, frozenset[str]]] = set()
    while wanted:
        need = wanted.pop()
        key = canonicalize_name(need.name)
        if (pin := pins.get(key)) is None:
            found.append(f"{name}.txt does not hold {need}")
            continue
        version = next(iter(pin.specifier)).version
        if not need.specifier.contains(version, prereleases=True):
            found.append(f"{name}.txt holds {pin}, and {need} is needed")
        if (key, frozenset(need.extras)) not in reached:
            reached.add((key, frozenset(need.extras)))
            try:
                wanted += _needs(need)
            except PackageNotFoundError:
                found.append(f"{need.name} is locked and not installed: run make again")
    extra = pins.keys() - {key for key, _extras in reached}
    return found + [f"{name}.txt holds {each}, which nothing needs" for each in sorted(extra)]


def check() -> int:
    """Print every fault. Returns 1 when there is one."""
    lines = [line for name in NAMES for line in faults(name)]
    main, dev = pinned(FOLDER / "main.txt"), pinned(FOLDER / "dev.txt")
    lines += [
        f"main.txt holds {pin}, and dev.txt does not"
        for key, pin in main.items()
        if key not in dev or dev[key].specifier != pin.specifier
    ]
    for line in lines:
        print(f"{line}. Run: make lock")
    return 1 if lines else 0


if __name__ == "__main__":
    jobs = {"write": write, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in jobs:
        sys.exit("usage: python tools/lock.py write|check")
    sys.exit(jobs[sys.argv[1]]())
