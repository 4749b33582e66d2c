"""Say or install what the system lacks: `python3 tools/setup_system.py gettext chromium`.

Runs before anything is installed, so it uses the standard library alone. As root it installs;
otherwise it prints the one command to run, and exits 1.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PLAYWRIGHT = ".venv/bin/playwright"
APT = "apt-get install -y --no-install-recommends"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def _answers(program: str) -> bool:
    # Ubuntu's `chromium` is a stub that only points at snap: it is there, and does not run.
    try:
        asked = subprocess.run(
            [program, "--version"], capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def system_chromium() -> str | None:
    """Path of a Chromium that starts, from the PATH or Debian's package."""
    found = [path for name in CHROMIUM_NAMES if (path := shutil.which(name))]
    return next((path for path in [*found, "/usr/bin/chromium"] if _answers(path)), None)


def playwright_chromium() -> str | None:
    """Path of the Chromium that Playwright installed for this user, if it did."""
    root = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    found = sorted(root.glob("chromium-*/chrome-linux*/chrome"))
    return str(found[-1]) if found else None


def chromium() -> str | None:
    """The Chromium that browser tests drive: the PATH's, else Debian's, else Playwright's own."""
    return system_chromium() or playwright_chromium()


def headless() -> str | None:
    """The Chromium without windows, in which a page opens in half the time; else the other."""
    found = shutil.which("chromium-headless-shell")
    return found if found and _answers(found) else chromium()


def _is_ubuntu() -> bool:
    release = Path("/etc/os-release")
    return release.exists() and "ID=ubuntu" in release.read_text().splitlines()


def chromium_commands() -> list[tuple[bool, str]]:
    """Commands that bring Chromium: (needs root, command)."""
    if _is_ubuntu():
        return [
            (True, f"{PLAYWRIGHT} install-deps chromium"),
            (False, f"{PLAYWRIGHT} install chromium"),
        ]
    return [(True, f"{APT} chromium-headless-shell chromium")]


# What may be asked for: whether it is there, and the commands that bring it.
THINGS: dict[str, tuple[Callable[[], object], Callable[[], list[tuple[bool, str]]]]] = {
    "gettext": (lambda: shutil.which("xgettext"), lambda: [(True, f"{APT} gettext")]),
    "chromium": (chromium, chromium_commands),
}


def commands_for(names: list[str]) -> list[tuple[bool, str]]:
    """The commands that bring whatever of `names` is missing, in order."""
    missing = [name for name in names if not THINGS[name][0]()]
    wanted = [command for name in missing for command in THINGS[name][1]()]
    if any("apt-get" in command for _root, command in wanted):
        wanted.insert(0, (True, "apt-get update"))
    return wanted


def main(names: list[str]) -> int:
    """Install what is missing (root) or say how, in one line. Returns the exit code."""
    wanted = commands_for(names)
    if not wanted:
        return 0
    if os.geteuid() != 0:
        line = " && ".join(f"sudo {each}" if root else each for root, each in wanted)
        print(f"Leeward needs more of this system. Run: {line}", file=sys.stderr)
        return 1
    for _root, command in wanted:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(
            command.split(), cwd=HERE, env=quiet, stdout=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            print(f"This failed: {command}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
