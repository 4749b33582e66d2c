"""Every write is an action: keyword-only, `by=`, atomic, and undone when its audit row fails.

A new action without a line in DOES fails the build.
"""

import importlib
import inspect
from pathlib import Path
from types import FunctionType

import pytest
from django.apps import apps
from django.db import IntegrityError, connection
from django.db.transaction import Atomic

import leeward
from leeward.access.rules import NotAllowed
from leeward.audit.models import AuditRow
from leeward.people import actions as people
from tests.acts import DOES, READS, WITHOUT_A_PERMISSION, Cast
from tests.acts_of_sharing import IN_TWO_LOGS

ROOT = Path(leeward.__file__).parent

# Public functions of an actions module that are not actions themselves, and why.
PARTS = {
    "leeward.audit.actions.record": "the audit row itself; it belongs to the caller's write",
    "leeward.audit.actions.record_each": "as `record`, of many",
    "leeward.people.actions.index_names": "part of opening a file and of changing its names",
    "leeward.people.watching.actions.raise_review": "part of a search and of an emergency",
    "leeward.legal.actions.open_duty": "called inside the recording of an observation",
}


def _actions():
    found = {}
    for path in sorted(ROOT.rglob("actions.py")):
        name = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
        module = importlib.import_module(name)
        for key, each in vars(module).items():
            mine = isinstance(each, FunctionType) and each.__module__ == name
            if mine and not key.startswith("_"):
                found[f"{name}.{key}"] = each
    return found


ACTIONS = {name: each for name, each in _actions().items() if name not in PARTS}


def test_what_is_no_action_is_still_there():
    assert set(PARTS) <= set(_actions())


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_takes_keywords_alone_and_says_by_whom(name):
    parameters = inspect.signature(ACTIONS[name]).parameters
    assert "by" in parameters
    kinds = {each.kind for each in parameters.values()}
    assert kinds <= {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}


def _is_atomic(function):
    held = (cell.cell_contents for cell in function.__closure__ or ())
    return any(isinstance(each, Atomic) for each in held)


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_is_atomic(name):
    assert _is_atomic(ACTIONS[name])


EVERY = DOES | READS


@pytest.fixture
def cast(person, wren, colleague, supervisor):
    return Cast(person, wren, colleague, supervisor)


def _everything():
    """Every row of every model of ours, as it lies in the database.

    Without the keyring: a key is made and stays before the row that it seals, whatever becomes of
    that row, and opens nothing without it.
    """
    held = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model.__module__.startswith("leeward.") and model._meta.app_label != "sealing":
                name = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"SELECT * FROM {name}")  # noqa: S608
                held[model._meta.label] = sorted(map(repr, cursor.fetchall()))
    return held


def test_every_action_is_tried_here():
    assert set(EVERY) == set(ACTIONS.values())


@pytest.mark.parametrize("action", DOES, ids=lambda each: each.__name__)
def test_an_action_writes_and_its_audit_row_names_who_and_whom(cast, action):
    given = DOES[action](cast)
    before, rows = _everything(), AuditRow.objects.count()
    action(**given)
    after = _everything()
    changed = {label for label in after if after[label] != before[label]}
    assert changed > {"audit.AuditRow"}, "nothing was written beside the audit row"
    assert AuditRow.objects.count() > rows
    newest = AuditRow.objects.latest("id")
    assert (newest.actor_kind, newest.actor_id) == (given["by"].kind, given["by"].id)
    assert newest.outcome == AuditRow.Outcome.DONE
    assert newest.subject_id is not None
    if "person" in given:
        assert newest.subject_id == given["person"].pk


@pytest.mark.parametrize("action", READS, ids=lambda each: each.__name__)
def test_reading_writes_one_audit_row_and_nothing_else(cast, action):
    given = READS[action](cast)
    before, rows = _everything(), AuditRow.objects.count()
    action(**given)
    assert {label for label, held in _everything().items() if held != before[label]} == {
        "audit.AuditRow"
    }
    assert AuditRow.objects.count() == rows + (2 if action in IN_TWO_LOGS else 1)


def test_a_search_records_whose_names_it_showed_and_not_the_words(cast):
    people.look_up(by=cast.by, asked="noeli", born="2009")
    row = AuditRow.objects.latest("id")
    assert row.shown == [str(cast.person.pk)]
    assert "noeli" not in " ".join(str(each) for each in vars(row).values()).casefold()


@pytest.mark.parametrize("action", EVERY, ids=lambda each: each.__name__)
def test_a_failing_audit_row_undoes_the_write_and_shows_nothing(cast, action, monkeypatch):
    given = EVERY[action](cast)
    before = _everything()

    def fails(*_args, **_kwargs):
        raise IntegrityError("the audit could not be written")

    monkeypatch.setattr(AuditRow, "save", fails)
    monkeypatch.setattr(AuditRow, "add_all", fails)
    with pytest.raises(IntegrityError, match="the audit could not"):
        action(**given)
    assert _everything() == before


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "action",
    [each for each in EVERY if each not in WITHOUT_A_PERMISSION],
    ids=lambda each: each.__name__,
)
def test_a_role_that_nothing_is_granted_to_does_nothing(cast, action):
    given = EVERY[action](cast)
    stranger = type(given["by"])("young_person", given["by"].id, given["by"].agency_id, "guest")
    before = _everything()
    with pytest.raises(NotAllowed):
        action(**given | {"by": stranger})
    assert _everything() == before
