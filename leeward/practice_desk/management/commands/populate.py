"""`leeward populate`: invented people into an empty database."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from leeward.access.actors import SYSTEM
from leeward.people.models import YoungPerson
from leeward.practice_desk.invented.populate import (
    HoldsOthers,
    RealData,
    check_invented,
    populate,
    unfinished,
)
from leeward.practice_desk.management.safety import REAL_DATA, check_not_live


class Command(BaseCommand):
    """Fills an empty database with invented people, for a demo or a measurement."""

    help = "Fill an empty database with invented people. Refuses real data."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many people, drawn from which seed."""
        parser.add_argument("--people", type=int, default=200, help="how many (200)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same (1)")
        parser.add_argument("--data", help="folder of the database and keys (default: .data)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Populate, with a progress bar on standard error."""
        people, seed = options["people"], options["seed"]
        if people < 1:
            raise CommandError("--people must be 1 or more.")
        check_not_live()
        try:
            check_invented()
        except RealData as fault:
            raise CommandError(REAL_DATA) from fault
        call_command("migrate", interactive=False, verbosity=0)
        try:
            added = populate_with_bar(people, seed, quiet=options["verbosity"] == 0)
        except HoldsOthers as fault:
            raise CommandError(
                "This database already holds people. Use an empty one (--data DIR)."
            ) from fault
        self.stdout.write(f"{added} invented people, seed {seed}.")


def populate_with_bar(people: int, seed: int, *, quiet: bool = False) -> int:
    """Populate as the system, showing how far it is. Raises what `populate` raises."""
    here = YoungPerson.objects.count() if unfinished() else 0
    with tqdm(total=people, initial=here, unit=" people", disable=quiet, mininterval=0.5) as bar:

        def kept(count: int) -> None:
            bar.update(count)

        return populate(by=SYSTEM, people=people, seed=seed, progress=kept)
