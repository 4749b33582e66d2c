import dataclasses

import pytest

from leeward.access import rules
from leeward.access.actors import SYSTEM, actor_for
from leeward.access.rules import NotAllowed, UnknownAction, check, may, reach
from leeward.accounts.factories import WorkerFactory
from leeward.accounts.models import Worker
from leeward.people.factories import (
    AssignmentFactory,
    BreakGlassFactory,
    ConflictLockFactory,
    YoungPersonFactory,
)
from leeward.people.models import YoungPerson

ROLES = list(Worker.Role.values)
ACTIONS = sorted(rules.table())
# What the words of roles.csv mean, file by file: which of these may be reached.
FILES = (
    "mine",
    "of somebody I supervise",
    "last of somebody I supervise",
    "once of somebody I supervise",
    "a colleague's",
    "once mine",
    "locked to me",
    "another agency's",
)
SUPERVISED = {"mine", "of somebody I supervise", "last of somebody I supervise"}
REACHED = {
    "no": set(),
    "yes": set(),
    "team": {"mine"},
    "supervised": SUPERVISED,
    "agency": SUPERVISED | {"once of somebody I supervise", "a colleague's", "once mine"},
}
ORDER = list(REACHED)


def test_every_row_says_something_for_every_role_in_plain_words():
    for action, row in rules.table().items():
        assert row["in plain words"].strip(), action
        for role in ROLES:
            assert row[role] in REACHED, (action, role)
        assert row[rules.BREAK_GLASS] in ("yes", "no")
        assert set(row) == {"action", "in plain words", rules.BREAK_GLASS, *ROLES}


@pytest.mark.parametrize(
    "other", ["worker", "residence_staff", "youth_in_transition", "survivor_peer"]
)
def test_a_supervisor_reaches_at_least_as_far_as_those_on_a_team(other):
    for action in ACTIONS:
        assert ORDER.index(reach("supervisor", action)) >= ORDER.index(reach(other, action))


def test_nobody_but_those_on_the_team_and_their_supervisors_opens_a_file():
    for role in ROLES:
        assert reach(role, "file.open") in ("no", "team", "supervised"), role


def test_whoever_must_not_read_a_file_writes_and_prints_none_either():
    of_a_file = {"file.write", "file.print", "file.close", "opinion.give", "duty.answer"}
    for role in ("police_partner", "privacy_officer", "agency_administrator", "strategy_analyst"):
        assert {reach(role, each) for each in of_a_file | {"file.open"}} == {"no"}, role


def test_broken_glass_never_prints_assigns_closes_or_locks():
    assert {each for each in ACTIONS if rules.by_break_glass(each)} == {
        "file.open", "file.write", "duty.answer",
    }  # fmt: skip
    with pytest.raises(UnknownAction):
        rules.by_break_glass("file.destroy")


@pytest.mark.parametrize("action", ["", "file", "file.destroy", "FILE.OPEN"])
def test_an_action_nobody_tabled_raises(action):
    with pytest.raises(UnknownAction):
        reach("supervisor", action)
    with pytest.raises(UnknownAction):
        check("worker", action)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ["", "owner", "in plain words", "young_person"])
def test_a_role_without_a_column_reaches_nothing(role, action):
    if role == "in plain words":
        with pytest.raises(ValueError, match=r"roles\.csv"):
            reach(role, action)
    else:
        assert not may(role, action)


def test_check_raises_exactly_where_may_says_no():
    for action in ACTIONS:
        for role in ROLES:
            if may(role, action):
                check(role, action)
            else:
                with pytest.raises(NotAllowed):
                    check(role, action)


@pytest.fixture
def files(agency, wren, colleague, outsider):
    junior = WorkerFactory(agency=agency, supervised_by=wren)

    def of(*team, **given):
        return YoungPersonFactory(agency=agency, opened_by=colleague, team=team, **given)

    def ended(worker, **given):
        person = of(**given)
        AssignmentFactory(person=person, worker=worker, ended=True)
        return person

    once_theirs = of(colleague)
    AssignmentFactory(person=once_theirs, worker=junior, ended=True)
    kept = of(wren, junior)
    ConflictLockFactory(person=kept, worker=wren)
    BreakGlassFactory(person=kept, worker=wren)
    return {
        "mine": of(wren),
        "of somebody I supervise": of(junior, colleague),
        "last of somebody I supervise": ended(junior),
        "once of somebody I supervise": once_theirs,
        "a colleague's": of(colleague),
        "once mine": ended(wren),
        "locked to me": kept,
        "another agency's": YoungPersonFactory(
            agency=outsider.agency, opened_by=outsider, team=[outsider]
        ),
    }


def seen_by(wren, role, action, files):
    """Which of the files somebody of this role who stands where Wren stands is shown."""
    actor = dataclasses.replace(actor_for(wren), role=role)
    seen = set(YoungPerson.objects.visible_to(actor, action))
    return {name for name in FILES if files[name] in seen}


@pytest.mark.parametrize("role", ROLES)
def test_files_reached_are_those_the_table_says(files, wren, role):
    for action in ACTIONS:
        assert seen_by(wren, role, action, files) == REACHED[reach(role, action)], action
    actor = dataclasses.replace(actor_for(wren), role=role)
    assert files["locked to me"] not in YoungPerson.objects.findable_by(actor)


@pytest.mark.parametrize("role", ROLES)
def test_broken_glass_opens_one_file_for_what_the_table_says(files, wren, role):
    BreakGlassFactory(person=files["a colleague's"], worker=wren)
    BreakGlassFactory(person=files["once mine"], worker=wren, over=True)
    for action in ACTIONS:
        inside = reach(role, action) in ("team", "supervised") and rules.by_break_glass(action)
        glass = {"a colleague's"} if inside else set()
        right = REACHED[reach(role, action)] | glass
        assert seen_by(wren, role, action, files) == right, action


def test_an_actor_without_an_agency_sees_nothing(files, wren):
    nowhere = dataclasses.replace(actor_for(wren), agency_id=None, role="supervisor")
    assert not YoungPerson.objects.visible_to(nowhere).exists()
    assert not YoungPerson.objects.visible_to(SYSTEM).exists()


def test_a_stranger_put_on_a_team_by_mistake_still_sees_nothing(files, outsider):
    AssignmentFactory(person=files["mine"], worker=outsider)
    assert files["mine"] not in YoungPerson.objects.visible_to(actor_for(outsider))


def test_asking_for_an_untabled_action_on_files_raises(actor, db):
    with pytest.raises(UnknownAction):
        YoungPerson.objects.visible_to(actor, "file.destroy")
