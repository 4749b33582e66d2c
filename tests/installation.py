"""An installation of its own, driven by the `leeward` command as its operator would: for what
cannot be tried inside a test's transaction. On the engine that the tests run on."""

import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

AS_OWNER = (
    "import django",
    "django.setup()",
    "from leeward.core.boundary import across_agencies",
    "with across_agencies():",
)


class Installation:
    """A data folder, and on PostgreSQL two databases, all gone after `close`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("LEEWARD_")
        } | {"LEEWARD_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
        folder.mkdir(parents=True)
        if pg_bin := os.environ.get("LEEWARD_PG_BIN"):
            self.environment["LEEWARD_PG_BIN"] = pg_bin
        self.databases: list[str] = []
        told = settings.DATABASES["default"]
        self.on_postgresql = "postgresql" in told["ENGINE"]
        if self.on_postgresql:
            for name in ("LEEWARD_DATABASE_URL", "LEEWARD_KEYRING_URL"):
                database = f"leeward_{uuid.uuid4().hex[:12]}"
                self._on_server(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
                self.databases.append(database)
                url = os.environ["LEEWARD_OWNER_DATABASE_URL"].rpartition("/")[0]
                self.environment[name] = f"{url}/{database}"

    def _on_server(self, statement: sql.Composed) -> None:
        told = settings.DATABASES["default"]
        with psycopg.connect(
            host=told["HOST"],
            port=told["PORT"] or None,
            user=told["USER"],
            password=told["PASSWORD"] or None,
            dbname="postgres",
            autocommit=True,
        ) as connection:
            connection.execute(statement)

    def close(self) -> None:
        """Leave nothing behind."""
        for database in self.databases:
            self._on_server(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database))
            )
        shutil.rmtree(self.folder, ignore_errors=True)

    def leeward(self, *arguments: str, fails: int = 0) -> str:
        """Run one command; what it said on both streams. It must exit with `fails`."""
        return self._run("-m", "config.cli", *arguments, fails=fails)

    def _run(self, *arguments: str, fails: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=Path(__file__).resolve().parent.parent,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        said = done.stdout + done.stderr
        assert done.returncode == fails, f"{arguments[:3]}: {done.returncode}\n{said}"
        return said

    def python(self, *lines: str) -> str:
        """Run lines of Python inside the installation, as its owner; what they printed."""
        inside = [f"    {line}" for line in lines]
        return self._run("-c", "\n".join([*AS_OWNER, *inside])).strip()

    def held(self) -> bytes:
        """Every byte of every file in the folder: databases, their logs, documents."""
        files = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return b"".join(path.read_bytes() for path in files)

    def take_key_of(self, other: "Installation") -> None:
        """Put the other's key-encryption key here, as its officers would before a restore."""
        (self.folder / "keys").mkdir(parents=True, exist_ok=True)
        shutil.copy(other.folder / "keys" / "keyset.json", self.folder / "keys" / "keyset.json")
