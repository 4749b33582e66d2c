"""`leeward dispose`: carry out the disposals that two people agreed on, and remove what goes by
its age alone. Run it every night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leeward.keeping.actions import HeldBack, NotDue
from leeward.keeping.disposal import StillInUse, carry_out
from leeward.keeping.models import Disposal
from leeward.keeping.sweeping import sweep_all


class Command(BaseCommand):
    """Exit codes: 0 all that could be is done, 1 something has to be tried again."""

    help = (
        "Carry out the disposals that two people agreed on (a hold still stops one), and remove"
        " what is in no file and whose time in the schedule is over."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Each on its own: one that waits does not keep the others waiting."""
        for record_class, gone in sweep_all().items():
            if gone:
                self.stdout.write(f"{record_class}: the time of {gone} was over.")
        again = False
        for disposal in Disposal.objects.to_carry_out().order_by("approved_at"):
            again |= not self._carry_out(disposal)
        if again:
            raise CommandError("Not everything is done. Run it again when nobody is at work.")

    def _carry_out(self, disposal: Disposal) -> bool:
        try:
            done = carry_out(disposal)
        except HeldBack:
            self.stdout.write(f"{disposal.pk}: a hold keeps it.")
            return True
        except NotDue:
            self.stdout.write(f"{disposal.pk}: the file is open again, so it stays.")
            return True
        except StillInUse:
            self.stderr.write(f"{disposal.pk}: erased; the log of the database still has traces.")
            return False
        self.stdout.write(f"{done.pk}: done, beyond recovery from {done.unreadable_from}.")
        return True
