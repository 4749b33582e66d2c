"""`leeward bench`: what every page costs at a stated number of people, beside its floors."""

import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.test.utils import override_settings

from leeward.audit.models import AuditRow
from leeward.practice_desk.bench import names
from leeward.practice_desk.bench.log import ROUNDS as LOG_ROUNDS
from leeward.practice_desk.bench.log import measure_log
from leeward.practice_desk.bench.measure import measure_pages, measure_readings, pooled
from leeward.practice_desk.bench.pages import Desk
from leeward.practice_desk.bench.report import table, with_ratios
from leeward.practice_desk.invented.populate import is_empty, unfinished
from leeward.practice_desk.management.commands.populate import populate_with_bar
from leeward.practice_desk.management.serving import collect_static, compile_words

# Below this a tenth of them is nobody's caseload.
FEWEST = 200
# How many times a tenth and the whole take turns.
TURNS = 3
# What would make the measured service another than the one that is written about.
NOT_OURS = {
    "LEEWARD_DEMO", "LEEWARD_DATABASE_URL", "LEEWARD_OWNER_DATABASE_URL", "LEEWARD_HOSTS",
    "LEEWARD_SECRET_KEY",
}  # fmt: skip


class Command(BaseCommand):
    """Draws N people and N/10, each in a SQLite database of its own, and measures both."""

    help = "Measure every page at N and N/10 invented people, beside floors of the same run."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many people, and how the result is told."""
        parser.add_argument("--people", type=int, default=2000, help="N (2000)")
        parser.add_argument("--names", type=int, help="measure Find alone among so many names")
        parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same (1)")
        parser.add_argument("--rounds", type=int, default=60, help="requests of each page (60)")
        parser.add_argument("--json", action="store_true", help="print JSON, not the table")
        parser.add_argument("--data", help="folder that keeps the databases (.data/bench)")
        parser.add_argument(
            "--only", action="store_true", help="this number alone, in this folder: raw JSON"
        )
        parser.add_argument("--log", action="store_true", help="rows a second of the log alone")
        parser.add_argument("--readings", action="store_true", help="with --only: everybody's too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure a tenth, then the whole, each in a process of its own."""
        people, seed, rounds = options["people"], options["seed"], options["rounds"]
        if options["only"]:
            found = _measure(people, seed, rounds, readings=options["readings"])
            self.stdout.write(json.dumps(found))
            return
        if options["log"]:
            call_command("migrate", interactive=False, verbosity=0)
            self.stdout.write(json.dumps(measure_log(rounds=min(rounds, LOG_ROUNDS))))
            return
        if options["names"] is not None:
            self.stdout.write(_names(options["names"], seed, as_json=options["json"]))
            return
        if people < FEWEST:
            raise CommandError(f"--people must be {FEWEST} or more.")
        if rounds < 1:
            raise CommandError("--rounds must be 1 or more.")
        small, whole = _in_turns(people, seed, rounds)
        rows = with_ratios(small, whole)
        report = {
            "people": people,
            "tenth": people // 10,
            "seed": seed,
            "rounds": rounds,
            "machine": _machine(),
            "linked": max(row["linked"] for row in whole),
            "rows": rows,
            "rows_at_tenth": small,
            "log": _log_apart(),
        }
        text = json.dumps(report, indent=1) if options["json"] else table(report)
        self.stdout.write(text)


def _names(number: int, seed: int, *, as_json: bool) -> str:
    """Draw so many names into this database, which has to be empty, and ask for some of them."""
    if number < FEWEST:
        raise CommandError(f"--names must be {FEWEST} or more.")
    call_command("migrate", interactive=False, verbosity=0)
    if not is_empty():
        raise CommandError(
            "This database holds people already. Use an empty one: --data DIR, or"
            " `python tools/postgres.py -- leeward bench --names N`."
        )
    report = names.measure(*names.keep(number, seed), seed)
    report |= {"sizes": names.sizes(), "machine": _machine()}
    return json.dumps(report, indent=1) if as_json else names.words(report)


def _machine() -> str:
    return (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{os.cpu_count()} CPUs."
    )


def _in_turns(people: int, seed: int, rounds: int) -> tuple[list[dict[str, Any]], ...]:
    """Measure a tenth and the whole by turns, so that a machine that grows busy slows both."""
    sizes = (people // 10, people)
    turns = min(TURNS, rounds)
    taken: dict[int, list[list[dict[str, Any]]]] = {size: [] for size in sizes}
    for turn in range(turns):
        for size in sizes:
            share = (rounds + turn) // turns
            taken[size].append(_apart(size, seed, share, readings=turn == 0))
    return tuple(pooled(taken[size]) for size in sizes)


def _apart(people: int, seed: int, rounds: int, *, readings: bool) -> list[dict[str, Any]]:
    """Measure one number of people in a fresh process, under the settings of a live service."""
    folder = Path(settings.DATA_DIR) / f"people-{people}-seed-{seed}"
    command = [sys.executable, "-m", "config.cli", "bench", "--only", "--data", str(folder)]
    command += ["--people", str(people), "--seed", str(seed), "--rounds", str(rounds)]
    command += ["--readings"] if readings else []
    found: list[dict[str, Any]] = json.loads(_in_a_fresh_process(command, f"{people} people"))
    return found


def _log_apart() -> dict[str, Any]:
    """The log's rows a second, in a new database that is thrown away: rows are never removed."""
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        command = [sys.executable, "-m", "config.cli", "bench", "--log", "--data", folder]
        found: dict[str, Any] = json.loads(_in_a_fresh_process(command, "The log"))
    return found


def _in_a_fresh_process(command: list[str], what: str) -> bytes:
    ours = {key: value for key, value in os.environ.items() if key not in NOT_OURS}
    # Our own interpreter, numbers and a folder; progress goes straight to standard error.
    done = subprocess.run(  # noqa: S603
        command, cwd=settings.BASE_DIR, env=ours, stdout=subprocess.PIPE, check=False
    )
    if done.returncode:
        raise CommandError(f"Measuring failed; what it said is above. {what} was not measured.")
    return done.stdout


def _measure(people: int, seed: int, rounds: int, *, readings: bool) -> list[dict[str, Any]]:
    """Draw these people unless they are here already, and measure."""
    call_command("migrate", interactive=False, verbosity=0)
    if is_empty() or unfinished() == (seed, people):
        populate_with_bar(people, seed)
    purpose = f"{seed} {people}"
    if not AuditRow.objects.filter(action="population.done", purpose=purpose).exists():
        raise CommandError(f"{settings.DATA_DIR} holds another population. Remove it, or --data.")
    compile_words()
    collect_static()
    with override_settings(ROOT_URLCONF="leeward.practice_desk.bench.urls"):
        found = measure_pages(Desk(), rounds)
        found += measure_readings() if readings else []
    return [each.to_dict() for each in found]
