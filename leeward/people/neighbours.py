"""Looking for those alike of many names at once: what `queries.find` would find for each, in a
few queries for all. A caseload asks thousands of times and meets the same people again."""

import heapq
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from django.db.models import Exists, OuterRef

from leeward.access.actors import Actor
from leeward.people import rules
from leeward.people.models import SearchToken, YoungPerson
from leeward.people.queries import MOST_WORDS, OPENED_TO_RANK
from leeward.people.standing.models import ConflictLock
from leeward.sealing import keyring
from leeward.sealing.codec import token

_Value = TypeVar("_Value")

# So many values stand in one query, and so many people are opened at a time.
VALUES, OPENED = 900, 200


class _Person(NamedTuple):
    version: int
    names: tuple[rules.Written, ...]
    born: str


class _Ranked(NamedTuple):
    """In the order in which candidates are opened: like most words, most tokens, the newest."""

    words: int
    shared: int
    person: int


@dataclass(frozen=True)
class _Asked:
    wanted: frozenset[int]
    year: int | None
    words: tuple[frozenset[int], ...]

    def rank(self, held: frozenset[int], person: int) -> _Ranked | None:
        """How somebody with these tokens ranks; None for nobody at all alike."""
        shared = len(self.wanted & held) + (self.year in held)
        words = sum(not word.isdisjoint(held) for word in self.words)
        return _Ranked(words, shared, person) if shared else None


@dataclass
class Met:
    """Whoever was opened for one run of one worker, ready to be compared again. It is let go with
    the run; whoever changed meanwhile is opened anew."""

    people: dict[int, _Person] = field(default_factory=dict)


class Neighbours:
    """Those alike of each of `asked`, pairs of a name and a birth date, as they stand now; and of
    those whom `add` brings."""

    def __init__(
        self, actor: Actor, asked: Iterable[tuple[str, str]], met: Met | None = None
    ) -> None:
        self._actor, self._met = actor, met or Met()
        self._tokens: dict[str, int] = {}
        self._asked = {each: self._taken_apart(*each) for each in asked}
        self._open: dict[int, bool] = {}
        self._new: list[tuple[int, frozenset[int]]] = []
        self._here: dict[int, _Person] = {}
        holders = self._holders()
        ages = {each: sorted(held, reverse=True) for each, held in holders.items()}
        self._ranked = {
            key: heapq.nlargest(OPENED_TO_RANK, _ranked(each, holders, ages))
            for key, each in self._asked.items()
        }
        self._meet({each.person for ranked in self._ranked.values() for each in ranked})

    def find(self, name: str, born: str, *, limit: int) -> list[tuple[uuid.UUID, tuple[str, ...]]]:
        """The likest of those alike, each with why."""
        asked, ready = self._asked[name, born], rules.written(name)
        new = filter(None, (asked.rank(tokens, person) for person, tokens in self._new))
        found = []
        for each in heapq.nlargest(OPENED_TO_RANK, [*self._ranked[name, born], *new]):
            # Whoever this worker may not come upon is not met.
            if (person := self._here.get(each.person)) is None:
                continue
            likeness = rules.compare_written(ready, person.names, born, person.born)
            if likeness.why:
                found.append((-likeness.order, not self._open[each.person], each.person, likeness))
        found.sort(key=lambda each: each[:3])
        return [(uuid.UUID(int=person), each.why) for *_order, person, each in found[:limit]]

    def add(self, person: YoungPerson) -> None:
        """Somebody whose file comes to be beside the others."""
        names = [person.name_used, *(person.other_names or [])]
        tokens = self._blind(rules.tokens_of_names(names, person.born))
        self._new.append((person.pk.int, tokens))
        self._here[person.pk.int], self._open[person.pk.int] = _ready(person), True

    def _taken_apart(self, name: str, born: str) -> _Asked:
        texts = rules.tokens_to_ask(name, born)
        years = self._blind({each for each in texts if each.startswith("y:")})
        words = tuple(self._blind(each) for each in rules.tokens_by_piece(name)[:MOST_WORDS])
        return _Asked(self._blind(texts) - years, next(iter(years), None), words)

    def _blind(self, texts: set[str]) -> frozenset[int]:
        agency, found = self._actor.own_agency_id, self._tokens
        for each in texts:
            if each not in found:
                found[each] = token(rules.NAME_TOKENS, each, agency_id=agency)
        return frozenset(found[each] for each in texts)

    def _holders(self) -> dict[int, set[int]]:
        """Who has each token that is asked for: nobody whose file is locked to this actor."""
        locks = ConflictLock.objects.against(self._actor.id).filter(person=OuterRef("person"))
        rows = SearchToken.objects.filter(agency_id=self._actor.own_agency_id)
        held: dict[int, set[int]] = {}
        every = {one for each in self._asked.values() for one in (*each.wanted, each.year)}
        for some in _some(sorted(one for one in every if one is not None), VALUES):
            found = rows.filter(~Exists(locks), token__in=some)
            for value, person in found.values_list("token", "person_id").iterator():
                held.setdefault(value, set()).add(person.int)
        return held

    def _meet(self, people: set[int]) -> None:
        """Open whoever was not opened before, or has changed since."""
        findable = YoungPerson.objects.findable_by(self._actor)
        stale = []
        for some in _some(sorted(people), VALUES):
            ids = [uuid.UUID(int=each) for each in some]
            facts = findable.filter(pk__in=ids).values_list("pk", "version", "state")
            for pk, version, state in facts:
                self._open[pk.int] = state == YoungPerson.State.OPEN
                held = self._met.people.get(pk.int)
                if held is not None and held.version == version:
                    self._here[pk.int] = held
                else:
                    stale.append(pk)
        for some_ids in _some(stale, OPENED):
            keyring.warm(some_ids)
            for person in findable.filter(pk__in=some_ids):
                self._here[person.pk.int] = self._met.people[person.pk.int] = _ready(person)


def _ready(person: YoungPerson) -> _Person:
    names = [person.name_used, *(person.other_names or [])]
    return _Person(person.version, tuple(rules.written(each) for each in names), person.born)


def _ranked(
    asked: _Asked, holders: dict[int, set[int]], ages: dict[int, list[int]]
) -> Iterator[_Ranked]:
    shared: Counter[int] = Counter()
    for each in asked.wanted:
        shared.update(holders.get(each, ()))
    words: Counter[int] = Counter()
    for word in asked.words:
        words.update(set().union(*(holders.get(each, ()) for each in word)))
    same_year = holders.get(asked.year, set()) if asked.year is not None else set()
    for person, number in shared.items():
        yield _Ranked(words[person], number + (person in same_year), person)
    # Those of the year alone come last, and of them the newest: no more than could be opened.
    if asked.year is not None:
        alone = (each for each in ages.get(asked.year, ()) if each not in shared)
        for _place, person in zip(range(OPENED_TO_RANK), alone, strict=False):
            yield _Ranked(0, 1, person)


def _some(values: Sequence[_Value], most: int) -> Iterator[Sequence[_Value]]:
    for start in range(0, len(values), most):
        yield values[start : start + most]
