"""`leeward rules list --agency NAME`: every rule, with what the agency changed beneath it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leeward.accounts.models import Agency
from leeward.law.changes import setting_of
from leeward.law.listing import Listed
from leeward.law.rules_command import rules_list, say
from leeward.legal.models import RuleChange
from leeward.legal.queries import agreed_changes, in_force


class Command(BaseCommand):
    help = "Print every rule, with what one agency changed of it. Without --agency: leeward rules."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("command", choices=["list"], help="print every row of every table")
        parser.add_argument("--agency", required=True, metavar="NAME", help="the agency's name")
        parser.add_argument("--language", "--lang", choices=["en", "fr"], default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        name, language = options["agency"], options["language"]
        agency = Agency.objects.filter(name=name).first()
        if agency is None:
            raise CommandError(
                f"No agency is called {name!r}. Give the name as the pages show it, in quotation"
                " marks."
            )
        changes = in_force(agreed_changes(agency.pk))

        def beneath(one: Listed) -> list[str]:
            return [
                line
                for each in changes.get(one.name, [])
                for line in _said(one, each, agency.name, language)
            ]

        self.stdout.write(rules_list(language, beneath), ending="")


def _said(one: Listed, change: RuleChange, agency: str, language: str) -> list[str]:
    setting = setting_of(one.row)
    if change.what == RuleChange.What.OFF:
        line = say("off", language, agency=agency)
    elif change.what == RuleChange.What.TIME and setting:
        line = say(
            "changed_time",
            language,
            agency=agency,
            column=setting.column,
            number=change.number,
            shipped=setting.number,
        )
    else:
        key = "guidance" if change.what == RuleChange.What.GUIDANCE else "changed_words"
        words = change.words_fr if language == "fr" else change.words_en
        line = say(key, language, agency=agency, words=" ".join(str(words).split()))
    by = change.answered_by.display_name if change.answered_by else ""
    day = change.answered_at.date() if change.answered_at else ""
    asked = change.asked_by.display_name
    return [line, say("agreed", language, asked=asked, agreed=by, day=day)]
