"""The tables: loaded whole, or refused with every fault."""

import shutil
from pathlib import Path

import pytest

import leeward.law
from leeward.law.listing import listed
from leeward.law.rules import RulesFaults, builtin_rules, load_rules

TABLES = Path(leeward.law.__file__).parent / "tables"


@pytest.fixture
def tables(tmp_path):
    return Path(shutil.copytree(TABLES, tmp_path / "tables"))


def change(tables, name, before, after):
    file = tables / f"{name}.csv"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def faults(tables):
    with pytest.raises(RulesFaults) as caught:
        load_rules(tables)
    return "\n".join(caught.value.faults)


def test_shipped_rules_are_sound_and_carry_their_source():
    rules = builtin_rules()
    every = [one.row for one in listed(rules)]
    assert len(every) > 70
    for one in every:
        assert one.source
        assert one.checked_on.isoformat() in ("2026-11-23", "2026-11-29")
        assert one.kind in ("statute", "practice")
        assert "'" not in one.text.fr + one.text.en
    assert {one.kind for one in rules.prompts if one.id != "call-now"} == {"statute"}


@pytest.mark.parametrize(
    ("name", "before", "after", "fault"),
    [
        ("prompts", "statute", "custom", "prompts.csv: row 3: kind: unknown 'custom'"),
        ("prompts", "2026-11-23", "23 Nov", "prompts.csv: row 2: checked_on: must be"),
        ("prompts", "self,any,0,15", "self,any,0,14", "self: age 15 must meet exactly one row"),
        ("prompts", "self,any,16,17", "self,any,15,17", "self: age 15 must meet exactly one"),
        ("prompts", "0,15,yes", "0,15,no", "self: an unknown age must count as under 16"),
        ("prompts", "0,15,yes", "0,x,yes", "prompts.csv: row 3: to_age: must be a whole number"),
        ("prompts", "16,17,no", "17,16,no", "prompts.csv: row 4: to_age: is below from_age"),
        ("prompts", "unknown_age", "age_unknown", "prompts.csv: columns must be"),
        ("prompts", "report-now", "Report now", "prompts.csv: row 3: id: must be a lower-case"),
        ("urgency", "today,", "soon,", "urgency.csv: must give now, today and routine"),
        ("ages", "capacity-presumed", "protection-to-18", "duplicate id 'protection-to-18'"),
        ("missing_steps", ",60,", ",an hour,", "within: must be a whole number of minutes"),
        ("turning", ",90,", ",soon,", "turning.csv: row 2: ahead: must be a whole number of days"),
        ("circumstances", "community measure", "band", "when: unknown 'band'"),
        ("missing_steps", "unknown", "known", "applies: unknown 'known'"),
        ("ages", "forbid", "block", "does: unknown 'block'"),
        ("requests", "answer,30", "answer,", "requests.csv: must give the days of answer"),
        ("requests", "remind,25", "remind,x", "requests.csv: row 8: days: must be a whole"),
        ("separable", "legal,anybody", "legal,all", "separable.csv: row 5: protects: unknown"),
        ("separable", "third-party", "reporter", "separable.csv: duplicate id 'reporter'"),
        ("agency_kinds", "in_house", "inside", "route: unknown 'inside'"),
        ("consents", "own,,,may", "child,,,may", "consents.csv: row 2: decider: unknown 'child'"),
        ("authorities", "give,police", "give,army", "authorities.csv: row 4: to: unknown 'army'"),
        ("agency_kinds", "school,elsewhere", "school", "agency_kinds.csv: row 7: wrong number"),
    ],
)
def test_a_fault_names_its_row(tables, name, before, after, fault):
    change(tables, name, before, after)
    assert fault in faults(tables)


def test_all_faults_come_at_once(tables):
    change(tables, "prompts", "statute", "custom")
    change(tables, "agency_kinds", "in_house", "inside")
    (tables / "ages.csv").unlink()
    found = faults(tables)
    assert "row 3: kind" in found
    assert "route: unknown" in found
    assert "ages.csv: missing" in found


def test_missing_french_is_a_fault(tables):
    file = tables / "urgency.csv"
    rows = file.read_text(encoding="utf-8").splitlines()
    rows[2] = rows[2].rpartition(",")[0] + ","
    file.write_text("\n".join(rows), encoding="utf-8")
    assert "urgency.csv: row 3: fr: missing French wording" in faults(tables)
