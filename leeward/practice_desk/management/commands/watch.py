"""`leeward watch`: ask privacy officers to look where opening of files is unusual."""

import dataclasses
from typing import Any

from django.core.management.base import BaseCommand

from leeward.access.actors import SYSTEM
from leeward.accounts.models import Agency
from leeward.people.watching.actions import watch_agency


class Command(BaseCommand):
    help = (
        "Look at what every worker searched and opened of late, and ask the privacy officer of"
        " their agency to look where it is unusual (LEEWARD_UNUSUAL). Run it every hour."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        asked = 0
        for agency in Agency.objects.order_by("pk"):
            by = dataclasses.replace(SYSTEM, agency_id=agency.pk)
            asked += watch_agency(by=by, agency_id=agency.pk)
        self.stdout.write(f"{asked} to look into.")
