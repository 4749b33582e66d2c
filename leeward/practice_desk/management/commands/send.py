"""`leeward send`: tell workers, each at their own address, that something waits."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from leeward.reminders.channels.sending import send_due


class Command(BaseCommand):
    """Exit codes: 0 nothing is left to send, 1 the mail server was not there."""

    help = (
        "Send one fixed sentence to each worker for whom something new waits, or whose weekly"
        " reminder is due, at the address they gave; not in their quiet hours. Run it every few"
        " minutes: what was sent is not sent again, and what was not is tried again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and say how many."""
        run = send_due(urljoin(settings.LEEWARD_NOTICE_LINK, reverse("notices")))
        self.stdout.write(f"{run.sent} sent.")
        if run.refused:
            self.stdout.write(f"{run.refused} refused by the mail server.")
        if not run.reached:
            raise CommandError("The mail server cannot be reached. The next run tries again.")
