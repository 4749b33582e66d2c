"""`leeward found`: the first agency and its first supervisor; `--worker` adds more later."""

import getpass
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from leeward.access.actors import SYSTEM
from leeward.accounts.actions import found_agency, invite, take_on_worker
from leeward.accounts.models import Agency, Worker


class Command(BaseCommand):
    help = (
        "Add an agency (if it is new) and somebody who works there. The password is asked for,"
        " or read from standard input when it is not a terminal. With --invite they choose it"
        " themselves, by a link that works once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agency", required=True, help="the agency's name")
        parser.add_argument("--kind", choices=Agency.Kind.values, default=Agency.Kind.SOCIETY)
        parser.add_argument("--time-zone", default="America/Toronto", help="an IANA zone name")
        parser.add_argument("--username", required=True, help="the name they sign in with")
        parser.add_argument("--name", required=True, help="the name others see")
        parser.add_argument("--role", choices=Worker.Role.values, default=Worker.Role.SUPERVISOR)
        parser.add_argument(
            "--supervised-by",
            metavar="USERNAME",
            help="the supervisor who sees their files; the agency's only supervisor if not given",
        )
        parser.add_argument("--language", choices=["en", "fr"], default="en")
        parser.add_argument(
            "--invite", action="store_true", help="print a link instead of asking for a password"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if Worker.objects.filter(username=options["username"]).exists():
            raise CommandError(f"{options['username']} is taken. Choose another --username.")
        password = None if options["invite"] else self._password()
        agency = Agency.objects.filter(name=options["agency"]).first() or found_agency(
            by=SYSTEM,
            name=options["agency"],
            kind=options["kind"],
            time_zone=options["time_zone"],
        )
        worker = take_on_worker(
            by=SYSTEM,
            agency=agency,
            username=options["username"],
            display_name=options["name"],
            role=options["role"],
            password=password,
            language=options["language"],
            supervised_by=self._supervisor(agency, options["supervised_by"], options["role"]),
        )
        if options["invite"]:
            self.stdout.write(self._link(invite(by=SYSTEM, worker=worker)))
        else:
            self.stdout.write(f"{options['name']} may now sign in as {options['username']}.")

    @staticmethod
    def _supervisor(agency: Agency, username: str | None, role: str) -> Worker | None:
        supervisors = agency.workers.filter(role=Worker.Role.SUPERVISOR, is_active=True)
        if username:
            found = supervisors.filter(username=username).first()
            if found is None:
                raise CommandError(f"{username} is no supervisor of {agency.name}.")
            return found
        # Where there is one, nobody else can be meant; the first supervisor has nobody above.
        only = list(supervisors[:2]) if role != Worker.Role.SUPERVISOR else []
        return only[0] if len(only) == 1 else None

    @staticmethod
    def _link(secret: str) -> str:
        # The first address this installation is said to answer at.
        host = f"https://{next(iter(settings.ALLOWED_HOSTS), 'localhost')}"
        base = next(iter(settings.CSRF_TRUSTED_ORIGINS), host)
        return (
            f"{base}{reverse('start_link', kwargs={'secret': secret})}\n"
            f"Good for {settings.LEEWARD_INVITATION_HOURS} hours, once, in the browser where the"
            " button is pressed. Send it by a way that only they read."
        )

    @staticmethod
    def _password() -> str:
        if sys.stdin.isatty():
            password = getpass.getpass("Password: ")
            if getpass.getpass("Once more: ") != password:
                raise CommandError("The two are not the same. Nothing was added.")
        else:
            password = sys.stdin.readline().rstrip("\n")
        try:
            validate_password(password)
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from fault
        return password
