"""`leeward found`: the first agency and its first supervisor; `--worker` adds more later."""

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from leeward.access.actors import SYSTEM
from leeward.accounts.actions import found_agency, take_on_worker
from leeward.accounts.models import Agency, Worker


class Command(BaseCommand):
    help = (
        "Add an agency (if it is new) and somebody who works there. The password is asked for,"
        " or read from standard input when it is not a terminal."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agency", required=True, help="the agency's name")
        parser.add_argument("--kind", choices=Agency.Kind.values, default=Agency.Kind.SOCIETY)
        parser.add_argument("--time-zone", default="America/Toronto", help="an IANA zone name")
        parser.add_argument("--username", required=True, help="the name they sign in with")
        parser.add_argument("--name", required=True, help="the name others see")
        parser.add_argument("--role", choices=Worker.Role.values, default=Worker.Role.SUPERVISOR)
        parser.add_argument("--language", choices=["en", "fr"], default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        if Worker.objects.filter(username=options["username"]).exists():
            raise CommandError(f"{options['username']} is taken. Choose another --username.")
        password = self._password()
        agency = Agency.objects.filter(name=options["agency"]).first() or found_agency(
            by=SYSTEM,
            name=options["agency"],
            kind=options["kind"],
            time_zone=options["time_zone"],
        )
        take_on_worker(
            by=SYSTEM,
            agency=agency,
            username=options["username"],
            display_name=options["name"],
            role=options["role"],
            password=password,
            language=options["language"],
        )
        self.stdout.write(f"{options['name']} may now sign in as {options['username']}.")

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
