"""Starting the server that answers, and stopping it cleanly. Shared by `demo` and `serve`."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType

import polib
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandError

from leeward.access.boundary import within
from leeward.audit.sealer import Background
from leeward.practice_desk.management.sealing import every_tree

STARTS_WITHIN = 60.0
STOPS_WITHIN = 10.0
# Threads a worker process: pages are short, and a thread holds a database connection.
THREADS = 4
# What only the owner of the database is told (config.settings).
OWNERS = {"LEEWARD_AS_OWNER", "LEEWARD_OWNER_DATABASE_URL"}


def check_port(host: str, port: int) -> None:
    """Raise CommandError when nobody can listen there."""
    if not 0 < port < 65536:
        raise CommandError(f"{port} is not a port.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as fault:
            raise CommandError(
                f"Port {port} on {host} is taken. Stop what is there, or choose another: --port"
            ) from fault


def compile_words() -> None:
    """Compile every catalogue of words that is newer than its compiled form."""
    for folder in settings.LOCALE_PATHS:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            compiled = source.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
                polib.pofile(str(source)).save_as_mofile(str(compiled))


def collect_static() -> None:
    """Gather style, script and fonts where they are served from, when any has changed."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and manifest.stat().st_mtime > _newest_static():
        return
    call_command("collectstatic", interactive=False, verbosity=0)


def _newest_static() -> float:
    return max(
        (
            Path(storage.path(path)).stat().st_mtime
            for finder in get_finders()
            for path, storage in finder.list([])
        ),
        default=0.0,
    )


def environment_of_pages() -> dict[str, str]:
    """Pages are never served by the owner of the database, whoever started this."""
    return {key: value for key, value in os.environ.items() if key not in OWNERS}


def serve_until_stopped(
    *, host: str, port: int, workers: int, say: Callable[[str], None], my_space: int | None = None
) -> None:
    """Serve until Ctrl-C or SIGTERM, then stop within `STOPS_WITHIN` seconds.

    `my_space` is the port of the young person's own door, a process of its own; None for none.
    Says where each answers: `ready: http://HOST:PORT/` comes last and once, when all do. Raises
    CommandError when one does not start or ends by itself.
    """
    stop = _Stop()
    servers = [_start("config.wsgi", host, port, workers)]
    try:
        if my_space is not None:
            servers.append(_start("config.wsgi_my_space", host, my_space, workers))
            if _answers(servers[1], host, my_space, stop, _named()):
                say(f"my space: {settings.LEEWARD_MY_SPACE_ADDRESS or f'port {my_space}'}")
        if _answers(servers[0], host, port, stop):
            say(f"ready: http://{_in_address(host)}:{port}/")
        # Rows are sealed beside the servers, not in them: no page ever waits for that.
        with Background(every_tree, within=within):
            while all(each.poll() is None for each in servers) and not stop.asked:
                time.sleep(0.1)
    finally:
        for each in servers:
            _end(each)
        stop.restore()
    if not stop.asked:
        raise CommandError("A server ended by itself; what it said is above.")


def _start(door: str, host: str, port: int, workers: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "granian", f"{door}:application"]
    command += ["--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", str(workers), "--working-dir", str(settings.BASE_DIR)]
    command += ["--blocking-threads", str(THREADS), "--backpressure", str(THREADS * 16)]
    command += ["--log-level", "warning", "--no-ws"]
    # Our own interpreter and our own words: nothing here was typed by anybody. What a server has
    # to say goes to standard error, so that standard output holds our own lines.
    around = environment_of_pages()
    return subprocess.Popen(command, stdout=sys.stderr.fileno(), env=around)  # noqa: S603


class _Stop:
    """Whether somebody asked us to stop. Takes the place of both signals' own behaviour."""

    def __init__(self) -> None:
        self.asked = False
        self.before = {
            each: signal.signal(each, self._ask) for each in (signal.SIGINT, signal.SIGTERM)
        }

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True

    def restore(self) -> None:
        """Put the behaviour of both signals back."""
        for number, handler in self.before.items():
            signal.signal(number, handler)


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _named() -> dict[str, str]:
    """My space answers by its own names alone."""
    return {"Host": [*settings.LEEWARD_MY_SPACE_HOSTS, "localhost"][0]}


def _answers(
    server: "subprocess.Popen[bytes]",
    host: str,
    port: int,
    stop: _Stop,
    headers: Mapping[str, str] | None = None,
) -> bool:
    """Wait until it answers anything at all; False when it ended or was stopped first."""
    until = time.monotonic() + STARTS_WITHIN
    ask = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    while time.monotonic() < until and server.poll() is None and not stop.asked:
        line = http.client.HTTPConnection(ask, port, timeout=2)
        try:
            line.request("HEAD", "/", headers=headers or {})
            line.getresponse().read()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        else:
            return True
        finally:
            line.close()
    return False


def _end(server: "subprocess.Popen[bytes]") -> None:
    if server.poll() is not None:
        return
    server.terminate()
    try:
        server.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
