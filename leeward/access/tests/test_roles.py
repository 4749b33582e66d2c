import dataclasses

import pytest

from leeward.access import rules
from leeward.access.actors import SYSTEM, actor_for
from leeward.access.rules import NotAllowed, UnknownAction, check, may, reach
from leeward.accounts.models import Worker
from leeward.people.factories import AssignmentFactory, YoungPersonFactory
from leeward.people.models import YoungPerson

ROLES = list(Worker.Role.values)
ACTIONS = sorted(rules.table())
# What the words of roles.csv mean, file by file: which of these may be reached.
FILES = ("mine", "a colleague's", "once mine", "another agency's")
REACHED = {
    "no": set(),
    "yes": set(),
    "team": {"mine"},
    "agency": {"mine", "a colleague's", "once mine"},
}


def test_every_row_says_something_for_every_role_in_plain_words():
    for action, row in rules.table().items():
        assert row["in plain words"].strip(), action
        for role in ROLES:
            assert row[role] in ("no", "yes", "team", "agency"), (action, role)


def test_a_supervisor_reaches_at_least_as_far_as_a_worker():
    order = ["no", "yes", "team", "agency"]
    for action in ACTIONS:
        assert order.index(reach("supervisor", action)) >= order.index(reach("worker", action))


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
    return {
        "mine": YoungPersonFactory(agency=agency, opened_by=wren, team=[wren]),
        "a colleague's": YoungPersonFactory(agency=agency, opened_by=colleague, team=[colleague]),
        "once mine": AssignmentFactory(
            worker=wren, person__agency=agency, person__opened_by=wren, ended=True
        ).person,
        "another agency's": YoungPersonFactory(
            agency=outsider.agency, opened_by=outsider, team=[outsider]
        ),
    }


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ROLES)
def test_files_reached_are_those_the_table_says(files, wren, role, action):
    actor = dataclasses.replace(actor_for(wren), role=role)
    seen = set(YoungPerson.objects.visible_to(actor, action))
    assert {name for name in FILES if files[name] in seen} == REACHED[reach(role, action)]


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
