"""Home: what needs this worker now."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from leeward.access.actors import Actor
from leeward.access.rules import check, may, reach
from leeward.audit import actions as audit
from leeward.concerns.models import Concern
from leeward.concerns.queries import waiting
from leeward.core.agency_time import today
from leeward.disclosures.models import Received
from leeward.disclosures.queries import newly_received
from leeward.drafts.models import Draft
from leeward.drafts.queries import drafts_of
from leeward.legal.models import Duty
from leeward.legal.queries import rules_of, unanswered
from leeward.missing.models import Episode
from leeward.people.models import YoungPerson
from leeward.people.queries import my_people, not_seen_since, on_my_team, with_last_seen
from leeward.practice_desk.draft_names import CONCERN, page_of
from leeward.practice_desk.queries.coming import ComingUp, coming_up
from leeward.practice_desk.queries.notices import Told, told
from leeward.relationships.models import Advocacy
from leeward.relationships.queries import open_advocacy
from leeward.reminders.queries import Reminder, needed
from leeward.requests.queries import Standing, people_of, soon_due
from leeward.sealing import keyring

AT_MOST = 20
ON_ONE_PAGE = 50
# What Home shows under headings of its own: nothing stands on it twice.
ELSEWHERE = ("duty", "request", "concern")
TASK = "meeting-task"


@dataclass(frozen=True)
class Waiting:
    """A draft half written: about whom, in which form, and where that is. A concern that is being
    taken down is about nobody's file yet."""

    draft: Draft
    person: YoungPerson | None

    @property
    def kind(self) -> str:
        """The first word of its name: `concern`, `record`, `correct`, `circle`, `tie`, `push`."""
        return str(self.draft.form).partition("-")[0]

    @property
    def page(self) -> str | None:
        """Its page."""
        return page_of(self.draft.form, self.draft.subject_id)


@dataclass(frozen=True)
class Home:
    """What is due, what was taken on at meetings, what to push back against, who is missing or
    not seen, what is half written."""

    notices: list[Told]
    duties: list[Duty]
    asked: list[Standing]
    concerns: list[Concern]
    missing: list[Episode]
    needs: list[Reminder]
    pushes: list[Advocacy]
    coming: ComingUp
    not_seen: list[YoungPerson]
    not_seen_days: int
    drafts: list[Waiting]
    received: list[Received]

    @property
    def due(self) -> list[Reminder]:
        """What is due by a day, and was not put off: the most urgent first."""
        return [each for each in self.needs if each.rule.id != TASK]

    @property
    def tasks(self) -> list[Reminder]:
        """What this worker took on at meetings."""
        return [each for each in self.needs if each.rule.id == TASK]


@transaction.atomic
def home_of(*, by: Actor) -> Home:
    """Gather Home in a fixed number of queries, and record whose names it showed."""
    mine = my_people(by)
    # A caseload is a handful: its ids let the database go straight to their rows, however large
    # the agency grows.
    ids = list(mine.values_list("pk", flat=True))
    days = settings.LEEWARD_NOT_SEEN_AFTER_DAYS
    home = Home(
        notices=told(by, AT_MOST),
        duties=list(unanswered(by)[:AT_MOST]),
        asked=soon_due(by)[:AT_MOST],
        concerns=waiting(by)[:AT_MOST] if may(by.role, "concern.open") else [],
        # Nobody stops being missing because a file is closed.
        missing=_missing(on_my_team(by)),
        needs=needed(by, but_not=ELSEWHERE, at_most=AT_MOST),
        pushes=list(open_advocacy(ids)[:AT_MOST]),
        coming=_coming(by, mine),
        not_seen=list(not_seen_since(mine, today() - dt.timedelta(days=days))[:AT_MOST]),
        not_seen_days=days,
        drafts=_drafts(by),
        received=newly_received(by, settings.LEEWARD_RECEIVED_ON_HOME_DAYS)[:AT_MOST],
    )
    shown = _shown(home)
    keyring.warm([*shown, *(duty.pk for duty in home.duties if not duty.person_id)])
    audit.record(by=by, action="desk.home", shown=shown, purpose="home")
    return home


def _missing(mine: QuerySet[YoungPerson]) -> list[Episode]:
    return list(
        Episode.objects.filter(person__in=mine, until__isnull=True)
        .select_related("person")
        .order_by("since", "id")
    )


def _coming(actor: Actor, mine: QuerySet[YoungPerson]) -> ComingUp:
    people = list(mine)
    keyring.warm(each.pk for each in people)
    return coming_up(people, rules_of(actor.own_agency_id).rules, AT_MOST)


def _drafts(actor: Actor) -> list[Waiting]:
    # About files they may write in: of any other, not even the number is told.
    open_to = YoungPerson.objects.visible_to(actor, "file.write")
    theirs = Exists(open_to.filter(pk=OuterRef("subject_id")))
    mine = drafts_of(actor)
    alone = mine.filter(form=CONCERN, subject_id__isnull=True)
    taken = alone if may(actor.role, "concern.take") else alone.none()
    drafts = list((mine.filter(theirs) | taken)[:AT_MOST])
    people = open_to.in_bulk([draft.subject_id for draft in drafts if draft.subject_id])
    return [
        Waiting(draft, people.get(draft.subject_id))
        for draft in drafts
        if draft.subject_id is None or draft.subject_id in people
    ]


def _shown(home: Home) -> list[uuid.UUID]:
    ids = {duty.person_id for duty in home.duties if duty.person_id}
    ids |= {each.person.pk for each in home.notices if each.person}
    ids |= set(people_of(home.asked))
    ids |= {episode.person_id for episode in home.missing}
    ids |= {each.person.pk for each in home.needs if each.person}
    ids |= {task.person_id for task in home.pushes}
    ids |= {each.person.pk for each in home.coming.birthdays}
    ids |= {person.pk for person in (*home.not_seen, *home.coming.not_known)}
    ids |= {each.pk for each in home.received}
    ids |= {each.person.pk for each in home.drafts if each.person}
    return sorted(ids)


@dataclass(frozen=True)
class PeoplePage:
    """One page of young people, and whether there are more."""

    people: list[YoungPerson]
    number: int
    more: bool


@transaction.atomic
def people_page(
    *, by: Actor, whose: str = "mine", state: str = "open", number: int = 1
) -> PeoplePage:
    """My young people, those last seen longest ago first; or, for a supervisor, those of the
    whole team, the newest files first. No total: counting would cost more than it tells."""
    check(by.role, "people.mine")
    people: QuerySet[YoungPerson] = YoungPerson.objects.visible_to(by)
    if whose == "team" and reach(by.role, "file.open") == "supervised":
        order = ["-opened_at", "-id"]
    else:
        people = on_my_team(by)
        order = ["last_seen", "opened_at", "id"]
    people = people.filter(state="closed" if state == "closed" else "open")
    start = (number - 1) * ON_ONE_PAGE
    found = list(with_last_seen(people).order_by(*order)[start : start + ON_ONE_PAGE + 1])
    shown = found[:ON_ONE_PAGE]
    keyring.warm(each.pk for each in shown)
    audit.record(by=by, action="people.mine", shown=[each.pk for each in shown], purpose="people")
    return PeoplePage(shown, number, len(found) > ON_ONE_PAGE)
