"""`leeward documents sweep`: what no longer has to be kept is removed. Run it every night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from leeward.documents.sweeping import remove_due, sweep_up


class Command(BaseCommand):
    help = (
        "sweep: remove the sealed bytes of documents closed to everyone once the days that the"
        " law sets are over, and files that no document has."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["sweep"])

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{remove_due()} closed documents removed, {sweep_up()} files swept up.")
