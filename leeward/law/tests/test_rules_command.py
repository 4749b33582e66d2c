"""`leeward rules`: every row listed, every row that applies, and what is wrong with a case."""

import dataclasses
import io
import json
from types import SimpleNamespace

import pytest

from leeward.law.case import DECIDED, OF_CAREGIVER, undecided
from leeward.law.listing import listed
from leeward.law.rules import Rules, builtin_rules
from leeward.law.rules_command import main
from leeward.law.sources import say_source

NOTICED = "2026-11-28T22:15-05:00"


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command on a case given as standard input."""

    def go(*argv, case=None):
        raw = case if isinstance(case, bytes) else json.dumps(case).encode()
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
        status = main(argv)
        out, err = capsys.readouterr()
        return status, out, err

    return go


@pytest.fixture
def names(run):
    """The rows that apply to a case, as `table/id`; those not sure with a question mark."""

    def go(**case):
        status, out, err = run("check", "-", "--json", case={"as_of": "2026-11-29", **case})
        assert (status, err) == (0, "")
        return [
            f"{one['table']}/{one['id']}{'' if one['sure'] else '?'}"
            for one in json.loads(out)["rules"]
        ]

    return go


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_row_of_every_table_is_listed(run, language):
    status, out, _ = run("list", "--language", language)
    assert status == 0
    tables = {each.name for each in dataclasses.fields(Rules)}
    assert {line.partition("/")[0] for line in out.splitlines() if "/" in line[:30]} >= tables
    for one in listed():
        assert f"{one.name}  " in out
        assert one.row.text.in_language(language) in out
        assert f"[{say_source(one.row.source, language)}]" in out
        assert one.row.checked_on.isoformat() in out


def test_a_key_names_one_row_alone():
    names = [one.name for one in listed()]
    assert len(names) == len(set(names))
    assert "prompts/report-other-child-2" in names


def test_every_table_is_decided_by_facts_or_said_not_to_be():
    tables = {each.name for each in dataclasses.fields(Rules)}
    assert tables >= DECIDED
    assert set(undecided()) == tables - DECIDED == set()
    assert {one.id for one in builtin_rules().ages} >= OF_CAREGIVER


def test_a_whole_case(names, run):
    case = {
        "born": "2011-03",
        "care": "in_care",
        "placement": "residence",
        "missing": {"noticed": NOTICED, "done": ["society"]},
        "caregiver_implicated": True,
        "community": True,
        "planned_measure": "placement",
        "agency_kind": "residence",
        "harm": [{"level": "now", "on": "2026-11-28", "about": "both"}],
    }
    found = names(**case)
    assert {
        "urgency/now",
        "urgency_steps/now-911",
        "prompts/call-now",
        "prompts/report-now",
        "prompts/report-other-child",
        "agency_kinds/residence",
        "missing_steps/police",
        "missing_steps/guardian",
        "missing_steps/serious-occurrence",
        "missing_steps/community",
        "circumstances/caregiver-gets-nothing",
        "circumstances/community-notice",
        "circumstances/consultation-log",
        "circumstances/placement-order",
        "circumstances/missing-demand",
        "ages/no-implicated-caregiver",
        "ages/identity-papers",
    } <= set(found)
    assert "missing_steps/society" not in found
    assert not [each for each in found if each.endswith("?")]
    late = {"as_of": "2026-11-28T23:30-05:00", **case}
    late["harm"] = []
    _, out, _ = run("check", "-", case=late)
    assert "Late: it was due 2026-11-28T23:15-05:00." in out
    assert "[CYFSA Part X]" in out


def test_what_is_known_to_be_absent_is_not_printed(names):
    found = names(
        age=15, care="not_in_care", placement="own_or_kin", caregiver_implicated=False,
        community=False, planned_measure="none",
    )  # fmt: skip
    text = " ".join(found)
    assert "urgency/routine" in found
    for absent in ("caregiver", "community", "consultation", "missing_steps", "transition"):
        assert absent not in text
    assert "prompts/" not in text


def test_what_is_not_known_is_printed_and_says_so(names, run):
    found = names()
    assert "circumstances/caregiver-gets-nothing?" in found
    assert "circumstances/community-notice?" in found
    assert "ages/report-at-once-under-12?" in found  # an unknown age counts as under 16
    _, out, _ = run("check", "-", case={})
    assert "No birth date is known" in out
    assert "May apply" in out


def test_coming_back_asks_for_the_talk(names):
    away = {"noticed": NOTICED, "back": "2026-11-29T08:00-05:00", "whereabouts": "known"}
    found = names(age=14, placement="foster", missing=away, community=False)
    assert "missing_steps/return-talk" in found
    assert "missing_steps/police" not in found
    assert "circumstances/missing-demand" not in found


def test_a_birthday_that_comes(names):
    assert "turning/turning-16-report" in names(born="2011-01-15")
    assert "turning/turning-15-conference?" in names(born="2012-01-15")
    assert "turning/turning-15-conference" in names(born="2012-01-15", care="in_care")


def test_a_request_runs_to_its_last_day(names, run):
    asked = {"received": "2026-11-01", "for": "copy", "hold_back": ["reporter"]}
    found = [each for each in names(request=asked) if each.startswith(("requests", "separable"))]
    assert found == [
        "requests/answer",
        "requests/extension",
        "requests/silence",
        "requests/free",
        "requests/whole-copy",
        "requests/remind",
        "separable/reporter",
    ]
    case = {"as_of": "2026-11-29", "request": asked}
    assert "Due 2026-12-01." in run("check", "-", case=case)[1]
    case["as_of"] = "2026-12-02"
    assert "Late: it was due 2026-12-01." in run("check", "-", case=case)[1]
    longer = names(as_of="2026-12-02", request=asked | {"extended_by": 90, "hold_back": None})
    assert "separable/legal?" in longer
    assert not {"requests/extension", "requests/remind"} & set(longer)
    corrected = names(request={"received": "2026-11-01", "for": "correction", "answered": True})
    assert [each for each in corrected if each.startswith(("requests", "separable"))] == [
        "requests/free",
        "requests/statement",
    ]
    assert "requests/whole-copy?" in names(request={"received": "2026-11-01"})


def test_who_may_decide_about_sharing(names):
    def found(age, **sharing):
        implicated = {"caregiver_implicated": sharing.pop("implicated", False)}
        rows = names(age=age, sharing=sharing, **implicated)
        return [each.partition("/")[2] for each in rows if each.startswith("consents/")]

    known = {"capable": True, "own_decided": False, "counselling": False}
    assert found(14, decider="own", **known) == ["own-decides"]
    assert found(14, decider="own") == ["own-decides", "own-not-able?"]
    assert found(14, decider="parent", custody="alone", **known) == ["parent-under-16"]
    assert found(17, decider="society", **known) == ["own-from-16"]
    assert found(14, decider="parent", custody="alone", implicated=None, **known) == [
        "never-implicated"
    ]
    assert found(14, decider="parent", **known) == [
        "parent-under-16",
        "custody-shared?",
        "no-custody?",
    ]
    assert found(14, decider="society") == [
        "society-under-16",
        "own-decision-wins?",
        "counselling-alone?",
    ]


def test_under_what_something_is_given_without_consent(names):
    def found(**given):
        rows = names(without_consent=given)
        return {each.partition("/")[2] for each in rows if each.startswith("authorities/")}

    assert found(use="give", to="school") == {"protection", "serious-harm"}
    assert "duty-to-report" in found(use="give", to="indigenous_agency")
    assert {"protection", "police-investigation?"} <= found(use="give")
    assert "kept-by-order" in found(use="keep", to="police")
    assert found(use="police_give", to="school") == {"police-protection", "police-serious-harm"}


def test_nothing_is_shared_or_asked_for_where_no_case_says_so(names):
    tables = {each.partition("/")[0] for each in names(age=14)}
    assert not {"requests", "separable", "consents", "authorities"} & tables


@pytest.mark.parametrize(
    ("case", "error"),
    [
        (b"", "not JSON"),
        ({"request": {}}, "request.received: must be a day"),
        ({"request": {"received": "2026-11"}}, "request.received: must be a day"),
        ({"request": {"received": "2999-01-01"}}, "request.received: is after as_of"),
        (
            {"request": {"received": "2026-11-01", "extended_by": 91}},
            "request.extended_by: is at most 90 days",
        ),
        (
            {"request": {"received": "2026-11-01", "hold_back": ["shy"]}},
            "request.hold_back: must be a list, any of reporter",
        ),
        ({"sharing": {}}, "sharing.decider: must be one of own, parent, society"),
        ({"without_consent": {"to": "police"}}, "without_consent.use: must be one of give"),
        (b"\xff", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"age": 1, "age": 2}', "age: given twice. Keep one"),
        ([], "the case: must be an object of facts"),
        ({"race": "x"}, "race: unknown fact. Leave it out, or use: as_of, born"),
        ({"age": "15"}, "age: must be a whole number"),
        ({"age": 15, "born": "2011"}, "give born or age, not both"),
        ({"age": 15, "as_of": "0003-01-01"}, "before the calendar"),
        ({"born": "11 March"}, "born: must be a day, month or year"),
        ({"born": ""}, "born: must be a day, month or year"),
        ({"born": "2999"}, "born: is after as_of"),
        ({"as_of": "2026-11"}, "as_of: must be a day"),
        ({"as_of": "2026-11-29T10:00"}, "as_of: must be a time with its zone"),
        ({"care": "yes"}, "care: must be one of in_care, not_in_care, or null"),
        ({"placement": 3}, "placement: must be one of own_or_kin"),
        ({"community": "Example First Nation"}, "community: must be true, false, or null"),
        ({"missing": True}, "missing: must be an object"),
        ({"missing": {}}, "missing.noticed: must be a time with its zone"),
        ({"missing": {"noticed": NOTICED, "where": ""}}, "missing.where: unknown fact"),
        ({"missing": {"noticed": NOTICED, "done": ["polise"]}}, "missing.done: must be a list"),
        ({"missing": {"noticed": NOTICED, "back": "2026-11-01T00:00Z"}}, "is before noticed"),
        ({"harm": {}}, "harm: must be a list"),
        ({"harm": [{"level": "bad"}]}, "harm[0].level: must be one of possible, now"),
        ({"harm": [{}]}, "harm[0].level: must be possible or now"),
        ({"harm": [{"level": "now", "on": "2999"}]}, "harm[0].on: is after as_of"),
        ({"harm": [{"level": "now", "who": "x"}]}, "harm[0].who: unknown fact"),
    ],
)
def test_a_bad_case_says_how_to_mend_it(run, case, error):
    status, out, err = run("check", "-", case=case)
    assert (status, out) == (2, "")
    assert err.startswith("leeward rules check: ")
    assert error in err


@pytest.mark.parametrize("argv", [[], ["check"], ["check", "/nowhere/case.json"], ["show"]])
def test_what_cannot_be_run_says_so(run, argv):
    status, out, err = run(*argv)
    assert (status, out) == (2, "")
    assert err


def test_help_documents_every_fact(run):
    status, out, _ = run("check", "--help")
    assert status == 0
    for fact in (
        "as_of", "born", "age", "care", "placement", "missing", "noticed", "caregiver_implicated",
        "community", "planned_measure", "agency_kind", "harm", "other_child_age", "request",
        "received", "extended_by", "hold_back", "sharing", "decider", "own_decided", "custody",
        "without_consent", "Exit status",
    ):  # fmt: skip
        assert fact in out
    example = out.partition("Example:")[2].partition("Exit status")[0]
    assert run("check", "-", case=json.loads(example))[0] == 0


def test_french_is_whole(run):
    _, out, _ = run("check", "-", "--lang", "fr", case={"harm": [{"level": "now"}]})
    for english in ("statute", "checked", "known", "Because", "Call"):
        assert english not in out
    assert "[LSEJF, art. 125]" in out
