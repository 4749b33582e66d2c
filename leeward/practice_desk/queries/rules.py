"""What the pages of the rules show: the text as shipped, with what the agency changed beneath."""

import uuid
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from django.db import transaction
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.access.rules import check, may
from leeward.audit import actions as audit
from leeward.law.changes import setting_of
from leeward.law.duties import urgency_rule, urgency_steps
from leeward.law.listing import Listed, listed
from leeward.law.rules import STATUTE, Rule, Words
from leeward.law.sources import say_source
from leeward.legal.actions import read_rules
from leeward.legal.models import RuleChange
from leeward.legal.queries import in_force, may_agree_to_change, rules_of

# What each table is about. A table that is not here goes by its own name until it has one.
TABLES: dict[str, Promise | str] = {
    "prompts": _("What a note of harm asks for"),
    "urgency": _("How soon"),
    "ages": _("What holds at each age"),
    "agency_kinds": _("Who answers, by kind of agency"),
    "missing_steps": _("While somebody is missing, and on return"),
    "turning": _("Birthdays that come"),
    "circumstances": _("What else decides"),
    "urgency_steps": _("What to do, whom to call, in what order"),
    "requests": _("When somebody asks about their own file"),
    "separable": _("What may be held back from a copy"),
    "consents": _("Who decides about sharing"),
    "authorities": _("What may be given or kept without consent"),
}


@dataclass(frozen=True)
class RuleRow:
    """One row as shipped, and the changes of it that are in force."""

    one: Listed
    changes: list[RuleChange]

    @property
    def row(self) -> Rule:
        """The row as shipped."""
        return self.one.row

    @property
    def is_law(self) -> bool:
        """Whether it is a statute."""
        return self.row.kind == STATUTE

    @property
    def text(self) -> str:
        """What it says."""
        return self.row.text.in_language(_language())

    @property
    def head(self) -> str:
        """Who or what it names, where the table says."""
        for column in ("told", "who", "name"):
            words = getattr(self.row, column, None)
            if isinstance(words, Words):
                return words.in_language(_language())
        return ""

    @property
    def short(self) -> str:
        """One line by which to know it: whom or what it names, or how it begins."""
        return f"{self.head}." if self.head else Truncator(self.text).words(12)

    @property
    def source(self) -> str:
        """Where it comes from."""
        return say_source(self.row.source, _language())

    @property
    def time(self) -> str:
        """Its time or number in words; empty where it has none."""
        setting = setting_of(self.row)
        return number_in_words(self.row, setting.number) if setting else ""

    @property
    def said(self) -> list[tuple[RuleChange, str]]:
        """Each change in force, and what it says."""
        return [(each, change_in_words(self.row, each)) for each in self.changes]


def _language() -> str:
    return (get_language() or "en")[:2]


def number_in_words(row: Rule, number: int) -> str:
    """A time of a row: minutes, days ahead, or a number."""
    setting = setting_of(row)
    if setting and setting.column == "within":
        return ngettext("%(n)d minute", "%(n)d minutes", number) % {"n": number}
    if setting and setting.column in ("ahead", "days"):
        return ngettext("%(n)d day", "%(n)d days", number) % {"n": number}
    return str(number)


def change_in_words(row: Rule, change: RuleChange) -> str:
    """What a change says: its time, its words, or nothing more than what it is."""
    if change.number is not None:
        return number_in_words(row, change.number)
    return str(change.words_fr if _language() == "fr" else change.words_en)


@dataclass(frozen=True)
class RulesPage:
    """Every table, what waits for somebody to agree, and what was answered."""

    tables: list[tuple[Promise | str, list[RuleRow]]]
    waiting: list[tuple[RuleChange, RuleRow | None]]
    answered: list[tuple[RuleChange, RuleRow | None]]


def rules_page(*, by: Actor) -> RulesPage:
    """Everything; reading it is recorded. Raises NotAllowed."""
    changes = read_rules(by=by)
    agreed = [each for each in changes if each.answer == RuleChange.Answer.AGREED]
    agreed.sort(key=lambda each: (each.answered_at, each.pk))
    now = in_force(agreed)
    rows = [RuleRow(one, now.get(one.name, [])) for one in listed()]
    named = {row.one.name: row for row in rows}
    return RulesPage(
        tables=[
            (TABLES.get(table, table.replace("_", " ")), list(found))
            for table, found in groupby(rows, key=lambda each: each.one.table)
        ],
        waiting=[(each, named.get(each.rule)) for each in changes if each.is_waiting],
        answered=[(each, named.get(each.rule)) for each in changes if not each.is_waiting],
    )


@dataclass(frozen=True)
class ChangePage:
    """One change that was asked for, its row, and what whoever looks may do."""

    change: RuleChange
    row: RuleRow | None
    may_agree: bool
    may_take_back: bool

    @property
    def said(self) -> str:
        """What it says."""
        return change_in_words(self.row.row, self.change) if self.row else ""


def row_of(name: str) -> Listed:
    """The row of that name, `table/key`. Raises KeyError."""
    return {one.name: one for one in listed()}[name]


@transaction.atomic
def change_page(*, by: Actor, change_id: uuid.UUID) -> ChangePage:
    """One change of this agency. Raises RuleChange.DoesNotExist and NotAllowed."""
    check(by.role, "rules.read")
    change = (
        RuleChange.objects.visible_to(by)
        .select_related("asked_by", "answered_by")
        .get(pk=change_id)
    )
    audit.record(by=by, action="rules.read", subject=change.pk, purpose="rule_change")
    found = next((one for one in listed() if one.name == change.rule), None)
    return ChangePage(
        change,
        RuleRow(found, []) if found else None,
        may_agree=may_agree_to_change(by, change),
        may_take_back=change.asked_by_id == by.id and may(by.role, "rules.change"),
    )


@dataclass(frozen=True)
class UrgencyPage:
    """A level, what it means, and what to do in order, with the agency's guidance."""

    level: str
    rule: RuleRow
    steps: list[tuple[RuleRow, str, str]]
    levels: ClassVar = (("now", _("Now")), ("today", _("Today")), ("routine", _("Routine")))


@dataclass(frozen=True)
class KeptLevel:
    """A level as it may lie on a device: as shipped, with no word of an agency's."""

    label: Promise | str
    rule: RuleRow
    steps: list[tuple[RuleRow, str]]


def kept_levels() -> list[KeptLevel]:
    """What to do at every level, from the tables alone."""
    language, found = _language(), []
    for level, label in UrgencyPage.levels:
        rule = urgency_rule(level)
        steps = [
            (RuleRow(Listed("urgency_steps", row.id, row), []), row.phone.in_language(language))
            for row in urgency_steps(level)
        ]
        found.append(KeptLevel(label, RuleRow(Listed("urgency", rule.id, rule), []), steps))
    return found


@transaction.atomic
def note_kept(*, by: Actor) -> None:
    """Record that a device asked for what opens its own page of what to do. Raises NotAllowed."""
    check(by.role, "rules.read")
    audit.record(by=by, action="rules.read", subject=by.agency_id, purpose="urgency kept")


@transaction.atomic
def urgency_page(*, by: Actor, level: str) -> UrgencyPage:
    """What to do at a level, whom to call, in what order. Raises KeyError for another level."""
    check(by.role, "rules.read")
    agency = rules_of(by.own_agency_id)
    language = _language()
    steps = []
    for row in urgency_steps(level, agency.rules):
        beneath = agency.beneath("urgency_steps", row)
        steps.append(
            (
                RuleRow(Listed("urgency_steps", row.id, row), []),
                row.phone.in_language(language),
                beneath.in_language(language) if beneath else "",
            )
        )
    rule = urgency_rule(level, agency.rules)
    audit.record(by=by, action="rules.read", subject=by.agency_id, purpose=f"urgency {level}")
    return UrgencyPage(level, RuleRow(Listed("urgency", rule.id, rule), []), steps)
