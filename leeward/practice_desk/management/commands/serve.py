"""`leeward serve`: this installation, behind a proxy that speaks TLS."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from leeward.practice_desk.management.serving import (
    check_port,
    collect_static,
    compile_words,
    serve_until_stopped,
)
from leeward.sealing import state
from leeward.sealing.providers import provider


class Command(BaseCommand):
    """Serves until it is told to stop. Never the demo."""

    help = "Serve this installation. Put a proxy that speaks TLS in front (see the README)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen, and with how many workers."""
        parser.add_argument("--host", default="127.0.0.1", help="address (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port (8000)")
        parser.add_argument("--my-space-port", type=int, help="port of My space (not served)")
        parser.add_argument("--workers", type=int, default=2, help="server processes (2)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse what is not ready, then serve."""
        if settings.DEMO:
            raise CommandError("LEEWARD_DEMO is set: use `leeward demo`, or unset it.")
        if options["workers"] < 1:
            raise CommandError("--workers must be 1 or more.")
        if not self._has_keys() or self._behind():
            raise CommandError("The database is not up to date. Run `leeward migrate` first.")
        my_space = options["my_space_port"]
        for port in (options["port"], my_space or options["port"]):
            check_port(options["host"], port)
        compile_words()
        collect_static()
        serve_until_stopped(
            host=options["host"],
            port=options["port"],
            workers=options["workers"],
            say=self._say,
            my_space=my_space,
        )

    @staticmethod
    def _has_keys() -> bool:
        return provider().exists() and state.there_is_a_keyring()

    @staticmethod
    def _behind() -> bool:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
