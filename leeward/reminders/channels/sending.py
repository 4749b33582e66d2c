"""Sending what is due, agency by agency: the same sentence whatever it is about.

The mail leaves between two transactions, so that a slow mail server holds up nobody. A run that
dies between them may send one sentence twice: better than never.
"""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils import timezone

from leeward.access.actors import SYSTEM
from leeward.accounts.models import Agency
from leeward.notices.delivery import NotReached, Refused, write_to
from leeward.reminders.channels.actions import begin_sending, mark_sent
from leeward.reminders.channels.queries import channels_of


@dataclass(frozen=True)
class Run:
    """How many mails left, how many addresses the server refused, and whether it was there."""

    sent: int = 0
    refused: int = 0
    reached: bool = True


def send_due(link: str, now: dt.datetime | None = None) -> Run:
    """Send what is due to every worker of every agency. Stops where the mail server is not there:
    what was not sent is due in the next run."""
    run = Run()
    for agency in Agency.objects.order_by("pk"):
        run = _send_at(agency, link, now or timezone.now(), run)
        if not run.reached:
            break
    return run


def _send_at(agency: Agency, link: str, now: dt.datetime, run: Run) -> Run:
    by = replace(SYSTEM, agency_id=agency.pk)
    for channel in channels_of(agency):
        taken = begin_sending(by=by, channel=channel, now=now)
        if not taken:
            continue
        try:
            write_to(channel.address, link)
        except Refused:
            # One address that is wrong holds up no other.
            run = replace(run, refused=run.refused + 1)
            continue
        except NotReached:
            return replace(run, reached=False)
        mark_sent(by=by, sendings=taken)
        run = replace(run, sent=run.sent + 1)
    return run
