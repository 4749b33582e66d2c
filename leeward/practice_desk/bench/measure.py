"""Measuring: every page in turn with its floors, round after round, so that all meet the same
machine in the same mood."""

import gzip
import math
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tqdm import tqdm

from leeward.core.agency_time import today
from leeward.observations.queries import current_model, parsed_record
from leeward.people.models import YoungPerson
from leeward.practice_desk.bench.clear import InSealing
from leeward.practice_desk.bench.pages import Desk, Page
from leeward.practice_model.reading import read_record

WARM_UP = 3
LINKED = re.compile(rb'(?:href|src)="(/static/[^"#?]+)')


@dataclass(frozen=True)
class Times:
    """Milliseconds: the middle one, and the one that nineteen in twenty stay under."""

    p50: float
    p95: float

    @classmethod
    def of(cls, taken: Sequence[int]) -> "Times":
        """From nanoseconds, by nearest rank."""
        order = sorted(taken)

        def rank(share: float) -> float:
            return round(order[max(0, math.ceil(share * len(order)) - 1)] / 1e6, 3)

        return cls(rank(0.5), rank(0.95))


@dataclass(frozen=True)
class Samples:
    """One page as it was measured: nanoseconds of the page, of the bare SQL of the same rows, and
    of the page without its sealing, one each a round; queries, and weight in bytes."""

    name: str
    page: list[int]
    sql: list[int]
    clear: list[int] = field(default_factory=list)
    queries: int = 0
    bytes: int = 0
    gzipped: int = 0
    linked: int = 0

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)


def pooled(turns: Sequence[Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """Several turns of the same pages as one, with its times in place of the samples.

    A page that only some turns measured is taken from those.
    """
    names = dict.fromkeys(row["name"] for turn in turns for row in turn)
    found = []
    for name in names:
        rows = [row for turn in turns for row in turn if row["name"] == name]
        found.append(
            {**rows[-1], **{what: _times(rows, what) for what in ("page", "sql", "clear")}}
        )
    return found


def _times(rows: Sequence[Mapping[str, Any]], what: str) -> dict[str, float] | None:
    taken = [each for row in rows for each in row[what]]
    return asdict(Times.of(taken)) if taken else None


@dataclass
class _Row:
    """A page while it is measured."""

    page: Page
    selects: list[list[str]]
    queries: int
    weights: tuple[int, int, int]
    taken: list[int] = field(default_factory=list)
    bare: list[int] = field(default_factory=list)
    clear: list[int] = field(default_factory=list)


def measure_pages(desk: Desk, rounds: int) -> list[Samples]:
    """Every page `rounds` times, in turn with its floors; the empty page comes first."""
    rows = [_prepared(page) for page in (desk.empty(), *desk.pages())]
    asks = [list(islice(cycle(row.page.asks), WARM_UP + rounds)) for row in rows]
    sealing = InSealing()
    for turn in tqdm(range(WARM_UP + rounds), unit=" rounds", desc="pages"):
        for row, each in zip(rows, asks, strict=True):
            with sealing.watched():
                taken = _timed(each[turn])
            clear = taken - sealing.spent()
            row.page.set_again()
            bare = _timed(lambda row=row, turn=turn: _replay(row.selects[turn % len(row.selects)]))  # type: ignore[misc]
            if turn >= WARM_UP:
                row.taken.append(taken)
                row.bare.append(bare)
                row.clear.append(clear)
    return [_measured(row) for row in rows]


def _prepared(page: Page) -> _Row:
    """Ask for everything once: which rows it needs, and what the page weighs."""
    selects, queries, weights = [], 0, (0, 0, 0)
    for ask in page.asks:
        with CaptureQueriesContext(connection) as seen:
            response = ask()
        page.set_again()
        said = [str(each["sql"]) for each in seen.captured_queries]
        selects.append([sql for sql in said if sql.startswith("SELECT")])
        queries = max(queries, len(said))
        weights = max(weights, _weights(response))
    return _Row(page, selects, queries, weights)


def _weights(response: Any) -> tuple[int, int, int]:
    """The page's bytes, gzipped, and the style and script it links to, gzipped."""
    if response.status_code != 200:
        return 0, 0, 0
    body = b"".join(response) if response.streaming else response.content
    linked = sum(_static_weight(found.decode()) for found in set(LINKED.findall(body)))
    return len(body), len(gzip.compress(body, 6)), linked


def _static_weight(address: str) -> int:
    path = Path(settings.STATIC_ROOT) / address.removeprefix(settings.STATIC_URL)
    smaller = path.with_name(f"{path.name}.gz")
    found = smaller if smaller.exists() else path
    return found.stat().st_size if found.exists() else 0


def _timed(do: Callable[[], object]) -> int:
    start = time.perf_counter_ns()
    do()
    return time.perf_counter_ns() - start


def _replay(selects: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for sql in selects:
            cursor.execute(sql)
            cursor.fetchall()


def _measured(row: _Row) -> Samples:
    size, gzipped, linked = row.weights
    return Samples(
        name=row.page.name,
        page=row.taken,
        sql=row.bare if any(row.selects) else [],
        clear=row.clear,
        queries=row.queries,
        bytes=size,
        gzipped=gzipped,
        linked=linked,
    )


def measure_readings() -> list[Samples]:
    """`read_record` over everybody, and what it takes to load each record from the database."""
    model, day = current_model(), today()
    loading, reading = [], []
    everybody = YoungPerson.objects.order_by("pk")
    for person in tqdm(everybody.iterator(500), total=everybody.count(), unit=" readings"):
        start = time.perf_counter_ns()
        record = parsed_record(person, day)
        loaded = time.perf_counter_ns()
        read_record(record, model)
        reading.append(time.perf_counter_ns() - loaded)
        loading.append(loaded - start)
    return [Samples("load a record", loading, []), Samples("read_record", reading, [])]
