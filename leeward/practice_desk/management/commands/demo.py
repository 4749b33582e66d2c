"""`leeward demo`: Leeward on an invented agency, on this machine alone."""

import os
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from leeward.practice_desk.invented.covers import cover_for_somebody
from leeward.practice_desk.invented.houses import open_house
from leeward.practice_desk.invented.my_space import NAME, NUMBER, WORDS, let_in
from leeward.practice_desk.invented.populate import (
    RealData,
    check_invented,
    is_empty,
    unfinished,
)
from leeward.practice_desk.invented.reminders import put_something_off
from leeward.practice_desk.invented.sharing import share_some
from leeward.practice_desk.management.commands.populate import populate_with_bar
from leeward.practice_desk.management.safety import REAL_DATA, check_not_live
from leeward.practice_desk.management.serving import (
    check_port,
    collect_static,
    compile_words,
    serve_until_stopped,
)

HOST = "127.0.0.1"


class Command(BaseCommand):
    """Makes the database, fills it the first time, and serves it with one button per persona."""

    help = "Open Leeward on an invented agency, on this machine alone. Refuses real data."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many people, drawn from which seed, served where, kept where."""
        parser.add_argument("--people", type=int, default=200, help="how many young people (200)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same (1)")
        parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1 (8000)")
        parser.add_argument("--my-space-port", type=int, help="port of My space (the next one)")
        parser.add_argument("--data", help="folder of the database and keys (.data/demo)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse what must not be; then migrate, fill, serve, and stop cleanly."""
        if not settings.DEMO:
            raise CommandError("This is not the demo: start it as `leeward demo`.")
        if options["people"] < 1:
            raise CommandError("--people must be 1 or more.")
        check_not_live()
        try:
            # Before the first migration: a real database is not even touched.
            check_invented()
        except RealData as fault:
            raise CommandError(REAL_DATA) from fault
        my_space = options["my_space_port"] or options["port"] + 1
        for port in (options["port"], my_space):
            check_port(HOST, port)
        call_command("migrate", interactive=False, verbosity=0)
        self._fill(options["people"], options["seed"])
        compile_words()
        collect_static()
        # Another name than Practice has here: its cookies are its own, as they are elsewhere.
        address = f"http://localhost:{my_space}/"
        os.environ["LEEWARD_MY_SPACE_ADDRESS"] = settings.LEEWARD_MY_SPACE_ADDRESS = address
        self._say(f"in My space, {NAME} comes in by: {WORDS}, and the number {NUMBER}")
        serve_until_stopped(
            host=HOST, port=options["port"], workers=1, say=self._say, my_space=my_space
        )

    def _fill(self, people: int, seed: int) -> None:
        half_done = unfinished()
        if half_done:
            seed, people = half_done
        elif not is_empty():
            let_in()
            open_house()
            share_some()
            put_something_off()
            cover_for_somebody()
            return
        self._say(f"Drawing {people} invented young people, seed {seed}.")
        populate_with_bar(people, seed)
        let_in()
        open_house()
        share_some()
        put_something_off()
        cover_for_somebody()

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
