"""How to put something off, to tell a worker that something waits, and to cover for one; `acts`
joins it."""

import dataclasses
import datetime as dt

from django.utils import timezone

from leeward.access.actors import SYSTEM
from leeward.core.agency_time import today
from leeward.notices.factories import NoticeFactory
from leeward.plans.factories import SafetyReviewFactory
from leeward.reminders import actions as reminders
from leeward.reminders.channels import actions as channels
from leeward.reminders.factories import ChannelFactory, SendingFactory
from tests import acts_of_covering


def may_wait(case):
    """`by` and the id of something that needs them, and may wait."""
    return {"by": case.by, "about": SafetyReviewFactory(person=case.person, on=today()).pk}


def by_command(case):
    """The command that sends, at the agency of the case."""
    return {"by": dataclasses.replace(SYSTEM, agency_id=case.by.agency_id)}


def due(case):
    """A worker who has an address, and whom something new waits for."""
    NoticeFactory(to=case.colleague)
    return ChannelFactory(worker=case.colleague)


DOES = acts_of_covering.DOES | {
    reminders.put_off: lambda c: (
        may_wait(c) | {"until": today() + dt.timedelta(days=2), "reason": "She is away until then"}
    ),
    channels.say_channel: lambda c: {
        "by": c.by, "address": "wren@example.org", "mine_alone": True, "hidden_when_locked": True,
    },
    channels.begin_sending: lambda c: by_command(c) | {"channel": due(c), "now": timezone.now()},
    channels.mark_sent: lambda c: (
        by_command(c) | {"sendings": [SendingFactory(worker=c.colleague)]}
    ),
}  # fmt: skip
READS = acts_of_covering.READS | {
    reminders.read_one: may_wait,
    channels.read_channel: lambda c: {"by": c.by},
}
