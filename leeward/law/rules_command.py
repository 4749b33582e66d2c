"""`leeward rules list` and `leeward rules check CASE.json`: the rules, and those that apply.

Pure: no database. With `--agency` the list comes by way of the desk, which knows its changes.
"""

import argparse
import datetime as dt
import json
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from leeward.law.case import Hit, applies, undecided
from leeward.law.case_facts import Case, CaseFault, read_case
from leeward.law.listing import Listed, details, listed
from leeward.law.sources import say_source

_WORDS = Path(__file__).parent / "rule_words.toml"
CHECK_HELP = """\
Facts of CASE.json, a JSON object. What is left out or null is not known, which is
not the same as absent: rows that wait for it are printed, and say so.

  as_of                a day (2026-11-29) or a time with its zone; today if left out
  born                 a day, a month or a year: "2011-03-09", "2011-03", "2011"
  age                  whole years on as_of, in place of born
  care                 "in_care" or "not_in_care"
  placement            "own_or_kin", "customary_care", "foster", "residence",
                       "voluntary_agreement" or "not_known"
  missing              the open missing episode, or null where there is none:
    noticed              when it was noticed, with its zone: "2026-11-28T22:15-05:00"
    whereabouts          "unknown" (if left out) or "known"
    back                 when they came back, with its zone, or null
    done                 steps done: any of "police", "society", "guardian",
                         "serious-occurrence", "community", "return-talk"
  caregiver_implicated true or false
  community            whether a First Nation, Inuit or Métis band or community is
                       named: true or false
  planned_measure      "none", "placement" or "other" (a significant measure)
  agency_kind          "society", "indigenous_agency", "police", "residence",
                       "community_service" or "school"
  harm                 a list of notes of harm, each with:
    level                "possible" or "now"
    on                   a day, a month or a year, or null
    about                "self" (if left out), "another_child" or "both"
    other_child_age      whole years
    answered             true where a duty has its recorded answer
  request              what they asked of their own file, or null for nothing:
    received             the day it came: "2026-11-02"
    for                  "copy" or "correction"
    extended_by          by how many days its time was made longer; 0 if left out
    answered             true where it is answered
    hold_back            what passages of the copy may be held back for: a list, any of
                         "reporter", "third-party", "serious-harm", "legal"
  sharing              a decision about sharing their information, or null for none.
                       Whether a parent is implicated is caregiver_implicated:
    decider              "own" (the young person), "parent" or "society"
    capable              false where somebody found that they cannot decide this
    own_decided          true where the young person has decided the same thing
    counselling          true where it is about counselling they chose alone
    custody              of a parent: "alone", "both" (and both decided), "one_of_two"
                         (shared, and one decided) or "none"
  without_consent      something given without consent, or null for nothing:
    use                  "give", "police_give" by the police, who have no file, or "keep"
                         though consent ended
    to                   as agency_kind: who gets it, or has it

Example:
  {"born": "2011-03", "care": "in_care", "placement": "residence",
   "missing": {"noticed": "2026-11-28T22:15-05:00"}, "community": true,
   "harm": [{"level": "possible", "on": "2026-11-27"}]}

Exit status: 0 printed, 2 the case is wrong or cannot be read.
"""


class _Unreadable(Exception):
    """The case cannot be opened, or is not JSON."""


def main(argv: Sequence[str]) -> int:
    """Run with the words after `leeward rules`; return the exit status.

    0: rows are on standard output. 2: a line on standard error names the fact that is wrong and
    says how to mend it, and nothing is on standard output.
    """
    try:
        options = parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    if options.command == "list":
        sys.stdout.write(rules_list(options.language))
        return 0
    try:
        case = read_case(_parse(_read(options.case)), dt.datetime.now(dt.UTC).date())
    except (_Unreadable, CaseFault) as error:
        sys.stderr.write(f"leeward rules check: {error}\n")
        return 2
    sys.stdout.write(_as_json(case) if options.json else _in_words(case, options.language))
    return 0


def parser() -> argparse.ArgumentParser:
    """The words after `leeward rules`."""
    made = argparse.ArgumentParser(
        prog="leeward rules", description="The rules of law and practice.", allow_abbrev=False
    )
    commands = made.add_subparsers(dest="command", metavar="COMMAND", required=True)
    lists = commands.add_parser(
        "list",
        help="print every row of every table, with its source",
        description="Print every row of every table: its id, statute or practice, its source, the"
        " day it was checked, and its words.",
        allow_abbrev=False,
    )
    _language(lists)
    lists.add_argument(
        "--agency", metavar="NAME", help="with what this agency changed, against the shipped text"
    )
    checks = commands.add_parser(
        "check",
        help="print every row that applies to a case",
        description="Print every row that applies to a case, with its id and source.",
        epilog=CHECK_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _language(checks)
    checks.add_argument("case", metavar="CASE.json", help="the facts, or - for standard input")
    checks.add_argument("--json", action="store_true", help="print JSON instead of plain words")
    return made


def _language(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--language", "--lang", choices=("en", "fr"), default="en", help="language of the words"
    )


def say(key: str, language: str, **facts: object) -> str:
    """One sentence of the words file with its facts filled in."""
    return _words()[key][language].format_map(facts)


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def rules_list(language: str, beneath: Callable[[Listed], Iterable[str]] = lambda _one: ()) -> str:
    """Every row of every table as text; `beneath` says what an agency changed of a row."""
    lines: list[str] = []
    for one in listed():
        row = one.row
        lines.append(_head(one.name, row.kind, row.source, row.checked_on, language))
        lines.append(f"    {row.text.in_language(language)}")
        if more := details(row, language):
            lines.append("    " + " · ".join(f"{name}: {value}" for name, value in more))
        lines += [f"  > {each}" for each in beneath(one)]
    return "\n".join(lines) + "\n"


def _head(name: str, kind: str, source: str, checked_on: dt.date, language: str) -> str:
    checked = say("checked", language, day=checked_on)
    return f"{name}  {say(kind, language)}  [{say_source(source, language)}]  {checked}"


def _in_words(case: Case, language: str) -> str:
    lines = [line for hit in applies(case) for line in _hit(hit, language)]
    if case.born is None:
        lines.append(say("no_birth_date", language))
    if rest := undecided():
        lines.append(say("undecided", language, tables=", ".join(rest)))
    return "\n".join(lines) + "\n"


def _hit(hit: Hit, language: str) -> Iterator[str]:
    row = hit.row
    yield _head(f"{hit.table}/{row.id}", row.kind, row.source, row.checked_on, language)
    yield f"    {row.text.in_language(language)}"
    if hit.because:
        yield "    " + say("because", language, notes=", ".join(hit.because))
    if hit.due:
        moment = _moment(hit.due)
        yield "    " + say("late" if hit.late else "due", language, moment=moment)
    if hit.on:
        yield "    " + say("birthday", language, day=hit.on)
    if not hit.sure:
        yield "    " + say("unsure", language)


def _moment(due: dt.datetime | dt.date) -> str:
    return due.isoformat(timespec="minutes") if isinstance(due, dt.datetime) else due.isoformat()


def _as_json(case: Case) -> str:
    rows = [
        {
            "table": hit.table,
            "id": hit.row.id,
            "kind": hit.row.kind,
            "source": hit.row.source,
            "checked_on": hit.row.checked_on.isoformat(),
            "text": {"en": hit.row.text.en, "fr": hit.row.text.fr},
            "sure": hit.sure,
            "because": list(hit.because),
            "due": _moment(hit.due) if hit.due else None,
            "late": hit.late,
            "on": hit.on.isoformat() if hit.on else None,
        }
        for hit in applies(case)
    ]
    found = {"rules": rows, "undecided": list(undecided())}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise _Unreadable(
            f"{name}: {error.strerror or error}. Give a file that can be read, or - for standard"
            " input."
        ) from error
    except ValueError as error:  # a name no file can have
        raise _Unreadable(f"{name!r}: {error}") from error


def _parse(raw: bytes) -> object:
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except RecursionError as error:
        raise _Unreadable("not JSON: too deep. See leeward rules check --help.") from error
    except ValueError as error:  # bad UTF-8 and bad JSON alike
        raise _Unreadable(f"not JSON: {error}. See leeward rules check --help.") from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Unreadable(f"{twice}: given twice. Keep one")
    return found
