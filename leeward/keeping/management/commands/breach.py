"""`leeward breach`: whose files somebody opened in a period, for a privacy officer."""

import datetime as dt
import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from leeward.accounts.models import Worker
from leeward.core import agency_time
from leeward.keeping.breach import (
    BEFORE_TELLING,
    SOURCE,
    TO_THE_PERSON,
    WHO_ELSE,
    Breach,
    NotAPeriod,
    by_day,
    whose_files,
)
from leeward.keeping.disposal import actor_of


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


class Command(BaseCommand):
    """Names nobody: files are told by their ids, which a privacy officer looks up on the page."""

    help = (
        "List whose files a worker opened from one day to another, and what to tell them. A lost"
        " device is its worker, from the day it was lost."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Who and when."""
        parser.add_argument("--worker", required=True, help="the name they sign in with")
        parser.add_argument("--from", dest="first", type=_day, required=True, help="YYYY-MM-DD")
        parser.add_argument("--to", dest="last", type=_day, help="YYYY-MM-DD (today)")
        parser.add_argument("--json", action="store_true", help="for a program to read")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask the audit, and leave a row in it."""
        worker = Worker.objects.filter(username=options["worker"]).first()
        if worker is None:
            raise CommandError(f"Nobody signs in as {options['worker']}.", returncode=2)
        agency_time.activate(worker.agency.time_zone)
        try:
            found = whose_files(
                by=actor_of(worker.agency_id),
                worker_id=worker.pk,
                first=options["first"],
                last=options["last"] or agency_time.today(),
            )
        except NotAPeriod as fault:
            raise CommandError("--to is before --from.", returncode=2) from fault
        if options["json"]:
            self.stdout.write(json.dumps(asdict(found), cls=DjangoJSONEncoder))
        else:
            self._say(found)

    def _say(self, found: Breach) -> None:
        self.stdout.write(
            f"Files opened from {found.first} to {found.last}: {len(found.opened)}."
            f" Seen in a list only: {len(found.only_listed)}."
        )
        for day, people in by_day(found).items():
            self.stdout.write(f"{day}")
            for person_id in people:
                self.stdout.write(f"  {person_id}")
        for title, words in (
            ("Before you tell anybody", BEFORE_TELLING),
            ("What to tell each young person", TO_THE_PERSON),
            ("Who else must be told", WHO_ELSE),
        ):
            self.stdout.write(f"\n{title}")
            for each in words:
                self.stdout.write(f"  * {each}")
        self.stdout.write(f"\n{SOURCE}")
