"""The bench measures every page beside its floors; how long anything takes is never asserted."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connections

from leeward.access.actors import SYSTEM
from leeward.missing.models import Episode
from leeward.practice_desk.bench.measure import Times, measure_pages, measure_readings, pooled
from leeward.practice_desk.bench.pages import Desk
from leeward.practice_desk.bench.report import table, with_ratios
from leeward.practice_desk.invented.populate import populate


def test_times_are_the_middle_and_the_nineteenth_of_twenty():
    taken = [milliseconds * 1_000_000 for milliseconds in range(20, 0, -1)]
    assert Times.of(taken) == Times(10.0, 19.0)
    assert Times.of([3_000_000]) == Times(3.0, 3.0)


@pytest.mark.django_db
def test_every_page_is_measured_beside_its_floors(settings):
    settings.ROOT_URLCONF = "leeward.practice_desk.bench.urls"
    settings.LEEWARD_SECOND_FACTOR = True
    populate(by=SYSTEM, people=30, seed=1)
    desk = Desk()
    found = measure_pages(desk, rounds=1)
    names = [each.name for each in found]
    assert names[0] == "empty page"
    assert {"find a person", "home", "overview", "timeline", "signs and stages"} <= set(names)
    assert {"record (POST)", "plan, PDF", "meeting pack, PDF"} <= set(names)
    assert {"missing-open (POST)", "share: look (POST)", "share: give (POST)"} <= set(names)
    assert not Episode.objects.filter(person=desk.given_from, until__isnull=True).exists()
    for each in found:
        assert all(taken > 0 for taken in [*each.page, *each.sql])
        assert len(each.page) == len(each.sql) == len(each.clear) == 1
        assert 0 < each.clear[0] <= each.page[0]
        assert each.queries > 0
    sealed = {each.name for each in found if each.clear[0] < each.page[0]}
    assert sealed >= {"find a person", "home", "overview", "timeline", "record (POST)"}
    overview = next(each for each in found if each.name == "overview")
    assert overview.bytes > overview.gzipped > 500
    assert overview.queries > found[0].queries


@pytest.mark.django_db
def test_a_reading_of_everybody_is_measured():
    populate(by=SYSTEM, people=3, seed=1)
    assert [each.name for each in measure_readings()] == ["load a record", "read_record"]


@pytest.mark.django_db
@pytest.mark.one_engine
def test_the_log_is_measured_in_a_database_of_its_own_and_stays_whole(tmp_path):
    # It migrates nothing where every table is there already, which spares most of a minute.
    for alias, place in (("default", "leeward.sqlite3"), ("keyring", "keys/keyring.sqlite3")):
        kept = tmp_path / place
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(connections[alias].connection.serialize())
    told = leeward("bench", "--log", "--rounds", "1", data=tmp_path)
    log = json.loads(told)
    assert all(log[name] > 0 for name in ("bare", "recorded", "while_sealed", "sealed", "proved"))
    assert log["to_bare"] > 0
    text = table({**REPORT, "rows": [], "log": log})
    assert f"One sealer {log['sealed']:,}; proving {log['proved']:,}." in text
    assert (tmp_path / "audit" / "heads.jsonl").exists()


def leeward(*arguments, data):
    """What `leeward …` prints, in a process and a folder of its own."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith("LEEWARD_")}
    ours.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "config.cli", *arguments, "--data", str(data)]
    done = subprocess.run(command, env=ours, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


REPORT = {
    "people": 2000,
    "tenth": 200,
    "seed": 1,
    "rounds": 5,
    "machine": "A machine.",
    "linked": 30_000,
}


def test_turns_are_pooled_and_a_page_of_one_turn_is_kept():
    first = [
        {
            "name": "home",
            "page": [4_000_000, 2_000_000],
            "sql": [1_000_000],
            "clear": [],
            "queries": 9,
        }
    ]
    second = [
        {"name": "home", "page": [3_000_000], "sql": [], "clear": [2_000_000], "queries": 9},
        {"name": "read", "page": [7_000_000], "sql": [], "clear": [], "queries": 0},
    ]
    home, read = pooled([first, second])
    assert home["page"] == {"p50": 3.0, "p95": 4.0}
    assert home["sql"] == {"p50": 1.0, "p95": 1.0}
    assert home["clear"] == {"p50": 2.0, "p95": 2.0}
    assert (read["page"]["p50"], read["sql"]) == (7.0, None)


def row(name: str, middle: float, sql: float | None, queries: int) -> dict[str, object]:
    return {
        "name": name,
        "page": {"p50": middle, "p95": middle * 2},
        "sql": {"p50": sql, "p95": sql} if sql else None,
        "clear": {"p50": middle / 1.25, "p95": middle} if sql else None,
        "queries": queries,
        "bytes": 2000,
        "gzipped": 500,
        "linked": 0,
    }


def test_ratios_are_to_the_empty_page_to_bare_sql_to_the_clear_and_to_a_tenth():
    small = [row("empty page", 1.0, 0.1, 2), row("home", 4.0, 1.0, 9), row("read", 0.2, None, 0)]
    whole = [row("empty page", 2.0, 0.1, 2), row("home", 6.0, 1.5, 9), row("read", 0.2, None, 0)]
    home, read = with_ratios(small, whole)[1:]
    assert (home["to_empty"], home["to_sql"], home["growth"]) == (3.0, 4.0, 1.5)
    assert (home["to_clear"], read["to_clear"]) == (1.25, None)
    assert (read["to_empty"], read["to_sql"], read["growth"]) == (None, None, 1.0)


def test_the_table_holds_every_row_and_its_report_is_json():
    rows = with_ratios([row("home", 4.0, 1.0, 9)], [row("home", 6.0, 1.5, 9)])
    report = {**REPORT, "rows": rows}
    text = table(json.loads(json.dumps(report)))
    assert "2,000 people beside 200, seed 1, 5 rounds." in text
    line = next(each for each in text.splitlines() if each.startswith("home"))
    assert line.split()[1:] == [
        "6.00",
        "12.00",
        "1.00",
        "1.50",
        "4.00",
        "1.25",
        "9",
        "2.00",
        "0.50",
        "1.50",
    ]
