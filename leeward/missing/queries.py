"""Reading missing episodes. Whoever asks has fetched the young person, so may see them."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from leeward.law import missing as law
from leeward.law.changes import AgencyRules
from leeward.law.rules import MissingStep, Words
from leeward.law.sources import say_source
from leeward.legal.models import RuleChange
from leeward.legal.queries import agreed_changes, rules_at
from leeward.missing import rules
from leeward.missing.models import Episode, EpisodeNote, ReturnTalk, StepNews, Whereabouts
from leeward.observations.sources import Entry
from leeward.people.models import YoungPerson
from leeward.placements.models import Placement
from leeward.sealing import keyring

Row = TypeVar("Row", EpisodeNote, StepNews, ReturnTalk)
PLACED = (Placement.Kind.RESIDENCE, Placement.Kind.FOSTER)


@dataclass(frozen=True)
class Step:
    """One step of an episode as it stands: what to do, by when, and what was written of it."""

    rule: MissingStep
    due_at: dt.datetime | None
    state: str
    news: list[StepNews]
    beneath: Words | None = None

    @property
    def guidance(self) -> str:
        """What the agency adds, in the language of the page."""
        return self.beneath.in_language(get_language() or "en") if self.beneath else ""

    @property
    def what(self) -> str:
        """What to do, in the language of the page."""
        return self.rule.text.in_language(get_language() or "en")

    @property
    def told(self) -> str:
        """Whom to tell."""
        return self.rule.told.in_language(get_language() or "en")

    @property
    def source(self) -> str:
        """Where the step comes from."""
        return say_source(self.rule.source, get_language() or "en")

    @property
    def newest(self) -> StepNews | None:
        """What was written last."""
        return self.news[-1] if self.news else None

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered it."""
        return self.state in (law.WAITING, law.LATE)

    @property
    def over_by(self) -> dt.timedelta | None:
        """By how much it was, or is, over its time."""
        if self.due_at is None:
            return None
        end = self.newest.done_at if self.newest and self.newest.done_at else timezone.now()
        return end - self.due_at if end > self.due_at else None


@dataclass(frozen=True)
class EpisodePage:
    """An episode with its steps, what was written meanwhile, and the talk on return."""

    episode: Episode
    unknown: bool
    steps: list[Step]
    notes: list[EpisodeNote]
    talks: list[ReturnTalk]
    talk_rule: MissingStep | None
    talk_due_at: dt.datetime | None
    talk_is_late: bool

    @property
    def talk_asks(self) -> str:
        """What the talk is for, in the language of the page."""
        return self.talk_rule.text.in_language(get_language() or "en") if self.talk_rule else ""

    @property
    def late(self) -> list[Step]:
        """Steps that are over their time and have no answer."""
        return [each for each in self.steps if each.state == law.LATE]

    @property
    def talk(self) -> ReturnTalk | None:
        """What was written last of the talk."""
        return self.talks[-1] if self.talks else None


def episodes(person: YoungPerson) -> list[Episode]:
    """Every episode, oldest first."""
    return list(person.episodes.select_related("recorded_by").order_by("since", "recorded_at"))


def open_episode(person: YoungPerson) -> Episode | None:
    """The episode they are in now, if they are missing."""
    return person.episodes.filter(until__isnull=True).first()


def episode_of(person: YoungPerson, episode_id: uuid.UUID) -> Episode:
    """One episode of this person. Raises Episode.DoesNotExist for anybody else's."""
    episode = person.episodes.select_related("recorded_by").get(pk=episode_id)
    episode.person = person
    return episode


def is_unknown(episode: Episode, notes: Iterable[EpisodeNote]) -> bool:
    """Whether nobody knows where they are: as it began, or as the newest note of it says."""
    found = episode.whereabouts
    for note in notes:
        if note.kind in (EpisodeNote.Kind.KNOWN, EpisodeNote.Kind.UNKNOWN):
            found = note.kind
    return found == Whereabouts.UNKNOWN


def page_of(episode: Episode, *, now: dt.datetime | None = None) -> EpisodePage:
    """Everything about one episode, its steps as they stand at `now`."""
    return pages_of([episode], now=now)[0]


def pages_of(found: Sequence[Episode], *, now: dt.datetime | None = None) -> list[EpisodePage]:
    """The same for several of one agency, in as many queries as for one.

    The times are the agency's, as they were when it was noticed and, for the talk, on coming back:
    what was late then is not made timely by a longer time now.
    """
    if not found:
        return []
    now = now or timezone.now()
    changes = agreed_changes(found[0].person.agency_id)
    ids = [each.pk for each in found]
    written = EpisodeNote.objects.filter(episode__in=ids).select_related("recorded_by")
    told = StepNews.objects.filter(episode__in=ids).select_related("recorded_by")
    talked = ReturnTalk.objects.filter(episode__in=ids).select_related("recorded_by")
    notes = _by_episode(written.order_by("at", "recorded_at"))
    news = _by_episode(told.order_by("recorded_at", "id"))
    talks = _by_episode(talked.order_by("recorded_at", "id"))
    people = {each.person_id for each in found}
    living = Placement.objects.filter(person__in=people, until__isnull=True)
    placed = {each.person_id for each in living if each.kind in PLACED}
    return [
        _page(
            each,
            now,
            changes,
            placed=each.person_id in placed,
            notes=notes[each.pk],
            news=news[each.pk],
            talks=talks[each.pk],
        )
        for each in found
    ]


def still_to_do(people: Iterable[uuid.UUID], returned_since: dt.datetime) -> list[EpisodePage]:
    """Episodes of these young people that are open, or ended since then: what is still to be done
    about them stands on their pages. Those from before there were clocks have none."""
    waiting = Q(until__isnull=True) | Q(back_at__gte=returned_since)
    rows = Episode.objects.filter(waiting, person__in=people, noticed_at__isnull=False)
    found = list(rows.select_related("person").order_by("since", "id"))
    keyring.warm(each.person_id for each in found)
    return pages_of(found)


def _by_episode(rows: Iterable[Row]) -> defaultdict[uuid.UUID, list[Row]]:
    """Rows about several episodes, by episode."""
    of_them: defaultdict[uuid.UUID, list[Row]] = defaultdict(list)
    for row in rows:
        of_them[row.episode_id].append(row)
    return of_them


def _page(
    episode: Episode,
    now: dt.datetime,
    changes: list[RuleChange],
    *,
    placed: bool,
    notes: list[EpisodeNote],
    news: list[StepNews],
    talks: list[ReturnTalk],
) -> EpisodePage:
    agency = rules_at(changes, episode.noticed_at)
    of_steps: dict[str, list[StepNews]] = {}
    for row in news:
        of_steps.setdefault(row.step, []).append(row)
    unknown = is_unknown(episode, notes)
    facts = law.EpisodeFacts(
        # Once somebody was missing, whoever had to be told then still has to answer for it.
        unknown=unknown or episode.whereabouts == Whereabouts.UNKNOWN,
        placed=placed,
        community=bool(episode.person.communities),
    )
    talk_rule = law.return_talk(rules_at(changes, episode.back_at).rules)
    talk_due = law.due_at(talk_rule, episode.back_at) if talk_rule and episode.back_at else None
    return EpisodePage(
        episode=episode,
        unknown=unknown,
        steps=_steps(agency, facts, episode, of_steps, now) if episode.noticed_at else [],
        notes=notes,
        talks=talks,
        talk_rule=talk_rule,
        talk_due_at=talk_due,
        talk_is_late=bool(talk_due and now > talk_due and not talks),
    )


def _steps(
    agency: AgencyRules,
    facts: law.EpisodeFacts,
    episode: Episode,
    news: dict[str, list[StepNews]],
    now: dt.datetime,
) -> list[Step]:
    return [
        _step(rule, episode, news.get(rule.id, []), now, agency.beneath("missing_steps", rule))
        for rule in law.steps_for(facts, agency.rules)
    ]


def _step(
    rule: MissingStep,
    episode: Episode,
    news: list[StepNews],
    now: dt.datetime,
    beneath: Words | None,
) -> Step:
    due = law.due_at(rule, episode.noticed_at or episode.recorded_at)
    # The first telling is the one that was in time or not; the newest row says how it stands.
    told = [row.done_at for row in news if row.done_at]
    state = law.standing(
        due, episode.back_at or now, done_at=min(told, default=None), excused=bool(news)
    )
    return Step(rule, due, state, news, beneath)


@dataclass(frozen=True)
class Pattern:
    """What stands out across the episodes of one person. Facts alone: nothing is foretold."""

    calendar: list[rules.Month]
    parts_of_day: list[tuple[str, int]]
    in_common: list[tuple[str, int]]
    before: list[tuple[Episode, list[rules.Before]]]


def pattern_of(person: YoungPerson, found: list[Episode], today: dt.date) -> Pattern:
    """Days on a calendar, times of day, names in common, and what came shortly before."""
    spans = [
        rules.Away(
            each.since,
            each.until,
            timezone.localtime(each.noticed_at) if each.noticed_at else None,
            tuple(_names(each)),
        )
        for each in found
    ]
    known = [
        rules.Before(row.since, row.kind_words)
        for row in person.placements.order_by("since", "recorded_at")
    ]
    known += [
        rules.Before(day, "contact")
        for day in person.contacts.order_by("on").values_list("on", flat=True)
    ]
    pairs = [
        (episode, rules.shortly_before(span, known))
        for episode, span in zip(found, spans, strict=True)
    ]
    return Pattern(
        calendar=rules.calendar_of(spans, today),
        parts_of_day=rules.parts_of_day(spans),
        in_common=rules.in_common(spans),
        before=[(episode, before) for episode, before in pairs if before],
    )


def _names(episode: Episode) -> list[str]:
    seen = episode.seen or {}
    return [name for name in (episode.last_seen, seen.get("with_whom", "")) if name]


def as_away(person: YoungPerson) -> list[dict[str, str | None]]:
    """Episodes as a reading takes them: `{"from": …, "to": … or None}`."""
    return [
        {"from": since.isoformat(), "to": until.isoformat() if until else None}
        for since, until in person.episodes.order_by("since").values_list("since", "until")
    ]


def as_entries(person: YoungPerson) -> list[Entry]:
    """Episodes as lines of the timeline."""
    return [
        Entry(
            on=each.until or each.since,
            recorded_at=each.recorded_at,
            kind="missing",
            author_id=each.recorded_by_id,
            author=each.recorded_by.display_name,
            item=each,
        )
        for each in episodes(person)
    ]
