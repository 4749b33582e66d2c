"""Find among many sealed names, beside a search of the same names in the clear.

The people are drawn here and kept by bulk, sealed and with tokens as any others; what is measured
is `people.queries.find` itself. Beside it: comparing with every name in the clear (among few), and
the trigrams of PostgreSQL (where there are any), which need every name in the clear too.
"""

import datetime as dt
import random
import time
import uuid
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any

from anyascii import anyascii
from django.db import connection, transaction
from tqdm import tqdm

from leeward.access.actors import SYSTEM, Actor, actor_for
from leeward.access.boundary import within
from leeward.accounts.actions import found_agency, take_on_worker
from leeward.accounts.models import Agency, Worker
from leeward.people import rules
from leeward.people.models import SearchToken, YoungPerson
from leeward.people.queries import find
from leeward.practice_desk.bench.bulk import Bulk
from leeward.practice_desk.bench.measure import Times
from leeward.sealing import keyring
from leeward.sealing.codec import token

# Parts of names, put together by chance: no list of people went into them.
ONSETS = "b br ch d dr f g gl h j k kw l m n p r s sh st t th v w y z".split()
MIDDLES = "a ai an ar e é el en i ï il in o ô on or u un".split()
PIECES = "ᐊᐃᐅᐸᐱᐳᑕᑎᑐᑲᑭᑯᒪᒥᒧᓇᓂᓄᓴᓯᓱᓚᓕᓗᔭᔨᔪ"
# How many different names there are, and how many in a hundred hold a glottal stop or are written
# in syllabics.
GIVEN, FAMILY, GLOTTAL, SYLLABICS = 20_000, 60_000, 2, 2
# The how-manieth name is so much rarer: Zipf's law, flattened for the first few.
FLATTER = 20
AT_ONCE = 2000
TOKEN = ("person_id", "agency_id", "token")
# Questions of each kind, how many answers are looked at, and up to how many names all are
# compared in the clear.
QUESTIONS, LOOKED_AT, COMPARED = 40, 20, 20_000


@dataclass(frozen=True)
class Drawn:
    """Somebody: their id, name and year of birth."""

    id: uuid.UUID
    name: str
    born: str


class Vocabulary:
    """So many different words, some of them common and most of them rare."""

    def __init__(self, chance: random.Random, size: int) -> None:
        words: dict[str, None] = {}
        while len(words) < size:
            words[self._word(chance)] = None
        self.words = list(words)
        self.sums = list(accumulate(1 / (rank + FLATTER) for rank in range(size)))

    @staticmethod
    def _word(chance: random.Random) -> str:
        if chance.randrange(100) < SYLLABICS:
            return "".join(chance.choice(PIECES) for _n in range(chance.randint(3, 5)))
        parts = [chance.choice(ONSETS) + chance.choice(MIDDLES) for _n in range(2)]
        parts += [chance.choice(ONSETS) + chance.choice(MIDDLES)] * chance.randint(0, 1)
        if chance.randrange(100) < GLOTTAL:
            parts[0] += "ʔ"
        return "".join(parts).capitalize()

    def one(self, chance: random.Random) -> str:
        """A word, a common one more often."""
        return self.words[bisect(self.sums, chance.random() * self.sums[-1])]


def draw(number: int, seed: int) -> Iterator[Drawn]:
    """So many people; the same seed draws the same."""
    chance = random.Random(seed)  # noqa: S311  # nosec B311  (people who are not there)
    given, family = Vocabulary(chance, GIVEN), Vocabulary(chance, FAMILY)
    for _n in range(number):
        name = f"{given.one(chance)} {family.one(chance)}"
        who = uuid.UUID(int=chance.getrandbits(128), version=4)
        yield Drawn(who, name, str(chance.randint(2000, 2015)))


# --- Keeping them -----------------------------------------------------------------------------


def keep(number: int, seed: int) -> tuple[Worker, list[Drawn]]:
    """Draw people into this database, which has to be empty, sealed and with their tokens."""
    agency = found_agency(
        by=SYSTEM, name="Invented", kind="society", time_zone="America/Toronto", invented=True
    )
    worker = take_on_worker(
        by=SYSTEM,
        agency=agency,
        username="bench",
        display_name="Wren Example",
        role=Worker.Role.WORKER,
        password=None,
    )
    kept = []
    with Bulk(YoungPerson, SearchToken) as bulk, tqdm(total=number, unit=" names") as bar:
        for batch in _batches(draw(number, seed), AT_ONCE):
            keyring.make_keys((each.id, agency.id) for each in batch)
            keyring.warm(each.id for each in batch)
            bulk.add(YoungPerson, (_person(agency, each) for each in batch))
            bulk.add_values(SearchToken, TOKEN, _tokens(agency, batch))
            kept += batch
            bar.update(len(batch))
    if connection.vendor == "postgresql":
        _keep_in_the_clear(kept)
    return worker, kept


def _batches(drawn: Iterable[Drawn], size: int) -> Iterator[list[Drawn]]:
    batch = []
    for each in drawn:
        batch.append(each)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _person(agency: Agency, drawn: Drawn) -> YoungPerson:
    return YoungPerson(
        id=drawn.id,
        agency=agency,
        opened_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
        name_used=drawn.name,
        born=drawn.born,
    )


def _tokens(agency: Agency, batch: Sequence[Drawn]) -> Iterator[tuple[uuid.UUID, uuid.UUID, int]]:
    for drawn in batch:
        for text in rules.tokens_of_names([drawn.name], drawn.born):
            yield drawn.id, agency.id, _token(text, agency.id)


@lru_cache(maxsize=1_000_000)
def _token(text: str, agency_id: uuid.UUID) -> int:
    return token(rules.NAME_TOKENS, text, agency_id=agency_id)


def _keep_in_the_clear(kept: Sequence[Drawn]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("CREATE UNLOGGED TABLE bench_plain (person uuid, name text)")
        with cursor.copy("COPY bench_plain FROM STDIN") as copy:
            for each in kept:
                copy.write_row((each.id, rules.plain(each.name)))
        cursor.execute("CREATE INDEX ON bench_plain USING gin (name gin_trgm_ops)")
        cursor.execute("ANALYZE bench_plain")


# --- Asking -----------------------------------------------------------------------------------


def _slip(chance: random.Random, name: str) -> str:
    """One letter left out, changed, added or swapped, somewhere after the first."""
    at = chance.randrange(1, len(name) - 2)
    letter = chance.choice("aeionrst")
    return chance.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        )
    )


def _beginnings(_chance: random.Random, name: str) -> str:
    return " ".join(part[:4] for part in name.split())


def _without_glottal(chance: random.Random, name: str) -> str:
    return name.replace("ʔ", chance.choice(("", "7", "'", "’")))


def _swapped(_chance: random.Random, name: str) -> str:
    return " ".join(reversed(name.split()))


def _has_syllabics(name: str) -> bool:
    return any(letter in PIECES for letter in name)


# Each kind of question: whose name it can be made of, and how.
KINDS: dict[str, tuple[Callable[[str], bool], Callable[[random.Random, str], str]]] = {
    "as written": (bool, lambda _chance, name: name),
    "one slip": (lambda name: not _has_syllabics(name), _slip),
    "no accents": (
        lambda name: any(letter in name for letter in "éïôÉ"),
        lambda _chance, name: rules.plain(name),
    ),
    "other order": (bool, _swapped),
    "syllabics in Latin": (_has_syllabics, lambda _chance, name: anyascii(name)),
    "glottal stop ʔ": (lambda name: "ʔ" in name, _without_glottal),
    "beginnings": (lambda name: not _has_syllabics(name), _beginnings),
}


@dataclass
class Road:
    """One way to search: times in nanoseconds, and for each question whether it found whom it was
    made of."""

    name: str
    ask: Callable[[str], list[str]]
    taken: list[int]
    found: dict[str, list[bool]]


def measure(worker: Worker, kept: Sequence[Drawn], seed: int) -> dict[str, Any]:
    """Ask each kind of question by each road, by turns."""
    chance = random.Random(seed + 1)  # noqa: S311  # nosec B311
    roads = _roads(actor_for(worker), kept)
    asked = [
        (kind, name, make(chance, name))
        for kind, (fits, make) in KINDS.items()
        for name in _chosen(chance, kept, fits)
    ]
    for kind, name, question in tqdm(asked, unit=" questions"):
        for road in roads:
            start = time.perf_counter_ns()
            answers = road.ask(question)
            road.taken.append(time.perf_counter_ns() - start)
            road.found.setdefault(kind, []).append(_met(question, name, answers))
    return {"names": len(kept), "roads": [_told(road) for road in roads]}


def _chosen(
    chance: random.Random, kept: Sequence[Drawn], fits: Callable[[str], bool]
) -> list[str]:
    found: list[str] = []
    for _try in range(QUESTIONS * 200):
        name = chance.choice(kept).name
        if len(found) < QUESTIONS and fits(name):
            found.append(name)
    return found


def _met(question: str, name: str, answers: Sequence[str]) -> bool:
    """Whether the name is among the answers, or all of them are as much like what was asked: of a
    hundred people of one name, a page shows twenty."""
    if name in answers:
        return True
    order = rules.compare(question, [name]).order
    return len(answers) >= LOOKED_AT and all(
        rules.compare(question, [each]).order >= order for each in answers
    )


def _roads(actor: Actor, kept: Sequence[Drawn]) -> list[Road]:
    def by_tokens(question: str) -> list[str]:
        # As a page asks: in one transaction, inside the boundary of the worker's agency.
        with within(actor.own_agency_id), transaction.atomic():
            return [match.person.name_used for match in find(actor, question, limit=LOOKED_AT)]

    def by_comparing(question: str) -> list[str]:
        alike = [(rules.compare(question, [each.name]).order, each.name) for each in kept]
        return [name for order, name in sorted(alike, reverse=True)[:LOOKED_AT] if order]

    roads = [Road("sealed, by tokens", by_tokens, [], {})]
    if len(kept) <= COMPARED:
        roads.append(Road("clear, all compared", by_comparing, [], {}))
    if connection.vendor == "postgresql":
        names = {each.id: each.name for each in kept}

        def by_trigrams(question: str) -> list[str]:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT person FROM bench_plain WHERE name %% %s"
                    " ORDER BY similarity(name, %s) DESC LIMIT %s",
                    [rules.plain(question), rules.plain(question), LOOKED_AT],
                )
                return [names[row[0]] for row in cursor.fetchall()]

        roads.append(Road("clear, by trigrams", by_trigrams, [], {}))
    return roads


def _told(road: Road) -> dict[str, Any]:
    times = Times.of(road.taken)
    found = {kind: f"{sum(each)} of {len(each)}" for kind, each in road.found.items()}
    return {"road": road.name, "p50": times.p50, "p95": times.p95, "found": found}


def sizes() -> dict[str, str]:
    """What the search weighs on the disk, by table with its indexes; PostgreSQL alone says."""
    if connection.vendor != "postgresql":
        return {}
    tables = (SearchToken._meta.db_table, YoungPerson._meta.db_table, "bench_plain")
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                "SELECT pg_size_pretty(pg_table_size(%s)), pg_size_pretty(pg_indexes_size(%s))",
                [table, table],
            )
            held, indexes = cursor.fetchone()
            found[table] = f"{held} and {indexes} of indexes"
    return found


def words(report: dict[str, Any]) -> str:
    """The report in columns."""
    lines = [f"{report['names']:,} names, {QUESTIONS} questions of each kind.", ""]
    heads = [road["road"] for road in report["roads"]]
    lines.append(f"{'':<22}" + "".join(f"{head:>22}" for head in heads))
    for measured in ("p50", "p95"):
        told = "".join(f"{road[measured]:>22.2f}" for road in report["roads"])
        lines.append(f"{measured + ' ms':<22}{told}")
    for kind in KINDS:
        told = "".join(f"{road['found'].get(kind, '-'):>22}" for road in report["roads"])
        lines.append(f"{kind:<22}{told}")
    lines += ["", *(f"{table}: {size}" for table, size in report["sizes"].items())]
    return "\n".join(lines)
