"""Reading plans. What a worker may read of one is decided in the query, not on the page."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from leeward.access.actors import Actor
from leeward.accounts.models import Worker
from leeward.observations.sources import Entry
from leeward.people.covering.models import Cover
from leeward.people.models import Assignment, YoungPerson
from leeward.plans.models import (
    Item,
    ItemNews,
    ItemVersion,
    SafetyReview,
    Sees,
    Suggestion,
    Wheel,
)
from leeward.plans.sections import STEP, Part, Section, sections


@dataclass(frozen=True)
class Shown:
    """One piece of a plan as it stands."""

    version: ItemVersion
    news: list[ItemNews] = field(default_factory=list)

    @property
    def item(self) -> Item:
        """What it is a version of."""
        return self.version.item

    @property
    def pk(self) -> uuid.UUID:
        """The id of the item, for addresses."""
        return self.version.item_id

    @property
    def words(self) -> str:
        """What it says."""
        return str(self.version.words)

    @property
    def who(self) -> str:
        """Of a step: who does it."""
        return str(self.version.who or "")

    @property
    def due_on(self) -> dt.date | None:
        """Of a step: by when."""
        return self.version.due_on

    @property
    def named(self) -> list[Worker]:
        """Whom it is shared with by name."""
        return [each.worker for each in self.version.readers.all()]

    @property
    def is_own(self) -> bool:
        """Whether the young person typed it themselves."""
        return self.version.recorded_by_id is None


@dataclass(frozen=True)
class ShownSection:
    """A heading, and what stands under it."""

    section: Section
    items: list[Shown]

    @property
    def key(self) -> str:
        """Its key in sections.csv."""
        return self.section.key

    @property
    def title(self) -> str:
        """The heading, in the language of the page."""
        return self.section.title(get_language() or "en")

    @property
    def hint(self) -> str:
        """One line that helps to begin."""
        return self.section.hint(get_language() or "en")


@dataclass(frozen=True)
class PlanPage:
    """A plan as a page or a copy shows it: what stands, by heading, and the steps."""

    sections: list[ShownSection]
    open_steps: list[Shown] = field(default_factory=list)
    done_steps: list[Shown] = field(default_factory=list)
    earlier: list[ItemVersion] = field(default_factory=list)

    @cached_property
    def by_key(self) -> dict[str, list[Shown]]:
        """What stands, by the key of its heading; for templates."""
        return {each.key: each.items for each in self.sections}

    @property
    def written(self) -> list[ShownSection]:
        """The headings under which something stands, steps apart."""
        return [each for each in self.sections if each.items and each.key != STEP]

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(each.items for each in self.sections)

    def first(self, key: str) -> str:
        """The first words under a heading, or none."""
        found = self.by_key.get(key, [])
        return found[0].words if found else ""

    @property
    def want(self) -> str:
        """What they want first."""
        return self.first("want")

    @property
    def anchor(self) -> str:
        """Their one person, as they say."""
        return self.first("anchor")


def readable(actor: Actor, person: YoungPerson, *, private: bool = True) -> QuerySet[ItemVersion]:
    """What stands in this plan and this actor may read.

    Without `private` what is not shared with the whole team is left out: words to come in were
    made anew, and it is not sure who reads (entry.queries.private_is_open).
    """
    rows = (
        ItemVersion.objects.filter(person=person)
        .newest()
        .visible_to(actor)
        .select_related("item", "recorded_by")
        .prefetch_related(
            "readers__worker",
            Prefetch("item__news", ItemNews.objects.order_by("on", "recorded_at")),
        )
        .order_by("item__recorded_at", "item_id")
    )
    return rows if private else rows.filter(sees=Sees.TEAM)


def plan_of(
    actor: Actor, person: YoungPerson, part: Part = "plan", *, private: bool = True
) -> PlanPage:
    """One part of the plan of this person, as far as this actor may read it (see `readable`)."""
    rows = readable(actor, person, private=private)
    found: dict[str, list[Shown]] = {
        key: [] for key, each in sections().items() if each.part == part
    }
    for row in rows:
        if row.words and row.item.section_key in found:
            found[row.item.section_key].append(Shown(row, list(row.item.news.all())))
    steps = found.get(STEP, [])
    still = [each for each in steps if not each.news]
    # Dated steps first, in order; "when I am ready" after them.
    still.sort(key=lambda each: (each.due_on or dt.date.max, each.item.recorded_at))
    return PlanPage(
        sections=[ShownSection(sections()[key], items) for key, items in found.items()],
        open_steps=still,
        done_steps=[each for each in steps if each.news],
    )


def earlier_versions(actor: Actor, person: YoungPerson) -> list[ItemVersion]:
    """What was said before, of what this actor may read now and could read then."""
    now = readable(actor, person).values("item")
    return list(
        ItemVersion.objects.filter(person=person, item__in=now)
        .visible_to(actor)
        .exclude(pk__in=readable(actor, person).values("pk"))
        .select_related("item", "recorded_by")
        .order_by("-recorded_at", "-number")
    )


def item_of(
    actor: Actor, person: YoungPerson, item_id: uuid.UUID, *, private: bool = True
) -> Shown:
    """One piece of this person's plan. Raises ItemVersion.DoesNotExist for what this actor may not
    read, and for what was taken out."""
    row = readable(actor, person, private=private).get(item=item_id)
    if not row.words:
        raise ItemVersion.DoesNotExist
    row.item.person = person
    return Shown(row, list(row.item.news.all()))


def newest_of(item: Item) -> ItemVersion:
    """The version that stands."""
    return item.versions.order_by("-number")[0]


def was_shared(shown: Shown) -> bool:
    """Whether somebody but the young person could read it once, in these words or others."""
    return shown.item.versions.exclude(sees=Sees.ME).exists()


def way_of(actor: Actor, person: YoungPerson, *, private: bool = True) -> list["OnTheWay"]:
    """What went well, by day, the newest first: steps done, and good news of theirs.

    Their own words alone. What a worker saw or thought of is no part of it.
    """
    plan = plan_of(actor, person, private=private)
    told = [
        OnTheWay(news.on, step.words, news.words or "", news.kind)
        for step in plan.done_steps
        for news in step.news
    ]
    told += [
        OnTheWay(timezone.localdate(each.item.recorded_at), each.words, "", "news")
        for key in ("news", "turn")
        for each in plan.by_key.get(key, [])
    ]
    return sorted(told, key=lambda each: each.on, reverse=True)


@dataclass(frozen=True)
class OnTheWay:
    """One thing on the way: the day, what it was, what they said of it, and its kind."""

    on: dt.date
    what: str
    words: str
    kind: str


def team_of(person: YoungPerson) -> list[Worker]:
    """Who works with them today, for sharing by name."""
    rows = Assignment.objects.filter(person=person, until__isnull=True).select_related("worker")
    found = {each.worker_id: each.worker for each in rows}
    return sorted(found.values(), key=lambda each: (each.display_name, each.pk))


def read_by_the_team(person: YoungPerson) -> list[Worker]:
    """Who reads what they share with their team, beside supervisors: those who work with them, and
    whoever covers for one of them just now."""
    covers = Cover.objects.live().filter(person=person).select_related("worker")
    found = {each.pk: each for each in (*team_of(person), *(row.worker for row in covers))}
    return sorted(found.values(), key=lambda each: (each.display_name, each.pk))


def suggestions_for(person: YoungPerson) -> list[Suggestion]:
    """What workers suggest and nobody has answered, oldest first."""
    return list(
        Suggestion.objects.filter(person=person, answer__isnull=True)
        .select_related("recorded_by", "item")
        .order_by("recorded_at")
    )


def suggestions_by(actor: Actor, person: YoungPerson) -> list[Suggestion]:
    """What this worker suggested, and how it was answered; the newest first."""
    rows = Suggestion.objects.filter(person=person, recorded_by_id=actor.id)
    return list(rows.select_related("answer").order_by("-recorded_at"))


def suggestion_of(person: YoungPerson, suggestion_id: uuid.UUID) -> Suggestion:
    """One that waits. Raises Suggestion.DoesNotExist."""
    row = Suggestion.objects.select_related("item", "recorded_by").get(
        pk=suggestion_id, person=person, answer__isnull=True
    )
    row.person = person
    return row


def review_day(person: YoungPerson) -> dt.date | None:
    """The day they chose for looking at their safety plan again."""
    row = SafetyReview.objects.filter(person=person).order_by("-recorded_at", "-id").first()
    return row.on if row else None


def wheel_of(person: YoungPerson) -> Wheel | None:
    """The plan in four parts as it stands; nothing where nobody asked for it, or not any more."""
    row = Wheel.objects.filter(person=person).order_by("-number").first()
    return row if row and row.kind != Wheel.Kind.ENDED else None


def asked_for_wheel(person: YoungPerson) -> Wheel | None:
    """Who asked for it last, as a worker wrote it down. How it is laid out is not for workers."""
    if wheel_of(person) is None:
        return None
    rows = Wheel.objects.filter(person=person, kind=Wheel.Kind.ASKED)
    return rows.select_related("recorded_by").order_by("-number").first()


@dataclass(frozen=True)
class StepTold:
    """A line of the timeline: which step, and how it went."""

    what: str
    news: ItemNews


def as_entries(person: YoungPerson) -> list[Entry]:
    """Steps done or celebrated that the whole team may read of, as lines of the timeline."""
    shared = ItemVersion.objects.filter(person=person, sees=Sees.TEAM).newest()
    words = {each.item_id: each for each in shared}
    rows = (
        ItemNews.objects.filter(person=person, item__in=list(words))
        .exclude(kind=ItemNews.Kind.LET_GO)
        .select_related("recorded_by")
    )
    return [
        Entry(
            on=row.on,
            recorded_at=row.recorded_at,
            kind="step",
            author_id=row.recorded_by_id,
            author=row.recorded_by.display_name if row.recorded_by else person.name_used,
            item=StepTold(words[row.item_id].words, row),
        )
        for row in rows
    ]
