"""A demo of its own for the browser: started once, stopped cleanly, its data thrown away."""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.installation import AS_OWNER

LEEWARD = (sys.executable, "-m", "config.cli")
READY = "ready: "
# Making forty invented people takes seconds; a cold machine may take a minute.
PATIENCE_SECONDS = 180
# An agency with a sign-in of its own, at a host that never is: no page may ask it for anything.
SHORE_SIGN_IN = {
    "id": "shore",
    "name": "Made-Up Shore",
    "agency": "Made-Up Shore Children’s Aid Society",
    "issuer": "https://sign-in.invalid",
    "client_id": "leeward",
    "secret": "not a secret",
}
ROOT = Path(__file__).resolve().parent.parent.parent


class DidNotStart(Exception):
    """The demo said no `ready:` line in time; what it said instead is the message."""


def leeward(data: Path, *command: str, said: str = "") -> None:
    """Another `leeward` command on the data of a demo, told `said` on standard input."""
    around = {**_around(), "LEEWARD_DATA": str(data)}
    done = subprocess.run(
        [*LEEWARD, *command], cwd=ROOT, env=around, input=said, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def inside(data: Path, *lines: str) -> str:
    """Run lines of Python inside a demo, as its owner: what no button can bring about, such as
    years going by. Returns what they printed."""
    code = "\n".join([*AS_OWNER, *(f"    {line}" for line in lines)])
    around = {**_around(), "LEEWARD_DATA": str(data), "LEEWARD_DEMO": "1"}
    around["DJANGO_SETTINGS_MODULE"] = "config.settings"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=around, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def _around() -> dict[str, str]:
    """The environment as it is, without what tells Leeward where and how to run."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LEEWARD_")}
    for name in ("LEEWARD_DATABASE_URL", "LEEWARD_OWNER_DATABASE_URL"):
        if url := os.environ.get(name):
            kept[name] = url
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept


@contextlib.contextmanager
def running_demo(data: Path, *options: str) -> Iterator[str]:
    """`leeward demo` with its data in `data`. Yields its address, without the last slash."""
    command = [*LEEWARD, "demo", "--data", str(data), *options]
    named = data / "sign-ins.json"
    named.write_text(json.dumps([SHORE_SIGN_IN]), encoding="utf-8")
    around = {**_around(), "LEEWARD_OIDC": str(named)}
    log = data / "demo.log"
    with log.open("w", encoding="utf-8") as said:
        process = subprocess.Popen(
            command, cwd=ROOT, env=around, stdout=subprocess.PIPE, stderr=said, text=True
        )
    try:
        yield _address(process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        if process.stdout:
            process.stdout.close()
    assert code == 0, f"the demo ended with {code}\n{log.read_text(encoding='utf-8')}"


def _address(process: "subprocess.Popen[str]", log: Path) -> str:
    assert process.stdout is not None
    until = time.monotonic() + PATIENCE_SECONDS
    heard: list[str] = []
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        while time.monotonic() < until:
            if not waiting.select(timeout=1):
                continue
            line = process.stdout.readline()
            if line.startswith(READY):
                return line.removeprefix(READY).strip().rstrip("/")
            if not line:
                break
            heard.append(line)
    raise DidNotStart("".join(heard) + log.read_text(encoding="utf-8"))
