"""tampered_log: an administrator of the database edits, removes, inserts or reorders audit rows.

They hold everything in the database, triggers and tree included. They do not hold a copy of the
signed heads. Verifying names the first row they touched.
"""

import datetime as dt
import shutil
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.audit import actions as audit
from leeward.audit import rows
from leeward.audit.merkle import Frontier
from leeward.audit.models import INSTALLATION, AuditRow, Leaf, Tree
from leeward.audit.tests.tamper import first, proved, sealed, without_triggers

pytestmark = pytest.mark.django_db
AGENCY = uuid.UUID("018f0000-0000-7000-8000-0000000000a9")
ANOTHER = "01990000-0000-7000-8000-00000000000a"
WORKER = Actor(kind="worker", id=uuid.uuid4(), agency_id=AGENCY, role="worker")
ROWS = 13
TOUCHED = 5


@pytest.fixture(autouse=True)
def heads(settings, tmp_path):
    """A file of heads of this test's own."""
    settings.LEEWARD_AUDIT_HEADS = tmp_path / "heads.jsonl"
    return settings.LEEWARD_AUDIT_HEADS


@pytest.fixture
def log(heads):
    """Thirteen rows under three heads, the last of which is two rows behind."""
    made = []
    for number in range(ROWS):
        made.append(
            audit.record(
                by=WORKER, action="file.open", subject=uuid.uuid4(), shown=[uuid.uuid4()],
                purpose=f"page {number}",
            )
        )  # fmt: skip
        if number in (3, 7, 10):
            sealed(AGENCY)
    assert proved().faults == []
    return made


def execute(sql, *given):
    """Run what an administrator types."""
    with without_triggers() as cursor:
        cursor.execute(sql, given)


def regrow(order=None):
    """The administrator's own tree: every leaf and the tree's summary computed again, over the
    rows that are here now, in `order` of their ids."""
    of = Tree.objects.get(agency_id=AGENCY)
    with without_triggers() as cursor:
        cursor.execute("DELETE FROM audit_leaf WHERE tree_id = %s", [of.pk])
    found = rows.without_leaf(AGENCY, after=0, limit=100)
    found.sort(key=lambda held: order.index(held.row_id) if order else held.row_id)
    frontier = Frontier()
    for position, held in enumerate(found[: of.size]):
        Leaf.objects.create(row_id=held.row_id, tree=of, position=position, hash=held.hash())
        frontier.append(held.hash())
    of.size, of.frontier = frontier.size, frontier.as_bytes()
    of.save()


def edit(row):
    execute("UPDATE audit_auditrow SET purpose = 'about' WHERE id = %s", row.pk)


def remove(row):
    execute("DELETE FROM audit_auditrow WHERE id = %s", row.pk)


def remove_with_leaf(row):
    remove(row)
    execute("DELETE FROM audit_leaf WHERE row_id = %s", row.pk)


def insert(at, *, pk=None):
    """A row that nobody wrote then; returns its id."""
    row = AuditRow(
        id=pk, agency_id=AGENCY, actor_kind="worker", action="file.open", outcome="done", shown=[]
    )
    row.save(force_insert=True)
    with without_triggers() as cursor:
        cursor.execute("UPDATE audit_auditrow SET at = %s WHERE id = %s", [at, row.pk])
    return row.pk


def test_tampered_log(log):
    """The plainest attempt: one row is edited, and its page is another."""
    edit(log[TOUCHED])
    assert first(proved()) == ("edited", TOUCHED, log[TOUCHED].pk)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2020-01-01 00:00:00+00"), ("agency_id", ANOTHER),
        ("actor_kind", "system"), ("actor_id", ANOTHER), ("action", "file.print"),
        ("subject_id", ANOTHER), ("shown", "[]"), ("purpose", ""),
        ("trace", "BCDFGHJK"), ("outcome", "refused"), ("request_id", "another"),
    ],
)  # fmt: skip
def test_every_column_is_covered(log, column, value):
    if connection.vendor == "sqlite" and column.endswith("_id") and column != "request_id":
        value = uuid.UUID(value).hex
    sql = f"UPDATE audit_auditrow SET {column} = %s WHERE id = %s"  # noqa: S608
    execute(sql, value, log[TOUCHED].pk)
    report = proved()
    assert first(report) == ("edited", TOUCHED, log[TOUCHED].pk)
    assert {*rows.COLUMNS} == {field.column for field in AuditRow._meta.fields}


def test_a_row_removed_leaves_a_gap(log):
    remove(log[TOUCHED])
    assert first(proved()) == ("removed", TOUCHED, log[TOUCHED].pk)


def test_a_row_removed_with_its_leaf_leaves_a_gap(log):
    remove_with_leaf(log[TOUCHED])
    assert first(proved()) == ("removed", TOUCHED, None)


def test_rows_cut_from_the_end_are_missed(log):
    for row in log[9:]:
        remove_with_leaf(row)
    assert first(proved()) == ("removed", 9, None)


def test_a_row_numbered_anew_is_missed(log):
    execute("UPDATE audit_auditrow SET id = 900000 WHERE id = %s", log[TOUCHED].pk)
    assert first(proved()) == ("removed", TOUCHED, log[TOUCHED].pk)


# --- With the tree computed again, so that only the signed heads tell ------------------------


def test_an_edited_row_whose_tree_was_computed_again(log):
    edit(log[TOUCHED])
    regrow()
    assert first(proved()) == ("edited", TOUCHED, log[TOUCHED].pk)


def test_a_removed_row_whose_tree_was_computed_again(log):
    remove(log[TOUCHED])
    regrow()
    what, position, _row = first(proved())
    assert (what, position) == ("removed", TOUCHED)


def test_a_row_inserted_in_the_middle_of_a_tree_computed_again(log):
    pk = insert(log[TOUCHED].at)
    order = [row.pk for row in log]
    regrow([*order[:TOUCHED], pk, *order[TOUCHED:]])
    assert first(proved()) == ("inserted", TOUCHED, pk)


@pytest.mark.parametrize("other", [TOUCHED + 1, TOUCHED + 4])
def test_rows_put_in_another_order_in_a_tree_computed_again(log, other):
    order = [row.pk for row in log]
    order[TOUCHED], order[other] = order[other], order[TOUCHED]
    regrow(order)
    assert first(proved()) == ("reordered", TOUCHED, log[other].pk)


def test_leaves_that_changed_places(log):
    one, two = log[TOUCHED].pk, log[TOUCHED + 2].pk
    for now, then in ((one, 900000), (two, one), (900000, two)):
        execute("UPDATE audit_leaf SET row_id = %s WHERE row_id = %s", then, now)
    assert first(proved()) == ("reordered", TOUCHED, two)


def test_a_row_chosen_so_that_its_mark_fits_is_still_found_by_the_root(log, monkeypatch):
    edit(log[TOUCHED])
    regrow()
    monkeypatch.setattr("leeward.audit.verify._Expected.mark", lambda *_: b"")
    report = proved()
    assert first(report)[:2] == ("edited", 4)
    assert "from position 4 to 7" in report.faults[0].why


# --- A row put in later ---------------------------------------------------------------------


@pytest.mark.parametrize("then_sealed", [False, True])
def test_a_row_dated_before_a_head_that_did_not_have_it(log, then_sealed):
    pk = insert(timezone.now() - dt.timedelta(days=2))
    if then_sealed:
        sealed(AGENCY)
    assert first(proved()) == ("inserted", ROWS if then_sealed else None, pk)


def test_a_row_that_was_committed_late_is_no_insertion(log, settings):
    late = insert(timezone.now() - dt.timedelta(seconds=settings.LEEWARD_AUDIT_SETTLE_SECONDS / 2))
    assert proved().faults == []
    sealed(AGENCY)
    assert proved().faults == []
    assert Leaf.objects.get(row_id=late).position == ROWS


# --- The heads ------------------------------------------------------------------------------


def test_a_head_edited_or_signed_by_another_is_named(log, heads):
    lines = heads.read_text().splitlines()
    heads.write_text(
        "\n".join([lines[0], lines[1].replace('"size": 8', '"size": 7'), lines[2]]) + "\n"
    )
    what, line, _row = first(proved())
    assert (what, line) == ("head", 2)


def test_a_head_taken_out_of_the_middle_is_missed(log, heads):
    lines = heads.read_text().splitlines()
    heads.write_text("\n".join([lines[0], lines[2]]) + "\n")
    what, line, _row = first(proved())
    assert (what, line) == ("head", 2)


@pytest.mark.parametrize("kept", [0, 2])
def test_heads_taken_off_the_end_are_missed(log, heads, kept):
    heads.write_text("".join(heads.read_text().splitlines(keepends=True)[:kept]))
    assert first(proved())[0] == "head"


def test_a_copy_kept_elsewhere_proves_what_it_had_seen(log, heads, tmp_path):
    copy = shutil.copy(heads, tmp_path / "copy.jsonl")
    edit(log[TOUCHED])
    regrow()
    # The administrator of the machine signs a tree of their own from here on.
    heads.unlink()
    Tree.objects.filter(agency_id=AGENCY).update(headed=0)
    sealed(AGENCY)
    assert proved().faults == []
    report = proved(copy, saved_elsewhere=True)
    assert first(report) == ("edited", TOUCHED, log[TOUCHED].pk)


def test_a_whole_tree_that_is_gone_is_missed(log):
    with without_triggers() as cursor:
        for table in ("audit_leaf", "audit_tree", "audit_auditrow"):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
    assert first(proved()) == ("removed", 0, None)


def test_a_summary_that_was_changed_is_said(log):
    Tree.objects.filter(agency_id=AGENCY).update(frontier=b"\0" * 96)
    assert first(proved()) == ("tree", None, None)


def test_rows_of_no_agency_have_a_tree_of_their_own(log):
    nobody = Actor(kind="nobody", id=None, agency_id=None, role="")
    row = audit.record(by=nobody, action="worker.sign_in", outcome=AuditRow.Outcome.FAILED)
    sealed(AGENCY)
    assert Leaf.objects.get(row_id=row.pk).tree.agency_id == INSTALLATION
    edit(row)
    report = proved()
    assert first(report) == ("edited", 0, row.pk)
    assert report.faults[0].agency == INSTALLATION


def test_what_cannot_be_read_as_a_row_is_named_too(log):
    if connection.vendor == "sqlite":
        execute("PRAGMA ignore_check_constraints = ON")
        execute(
            "UPDATE audit_auditrow SET at = 'never', shown = '{', actor_id = 'x' WHERE id = %s",
            log[TOUCHED].pk,
        )
        execute("PRAGMA ignore_check_constraints = OFF")
    else:
        execute("UPDATE audit_auditrow SET shown = '{}' WHERE id = %s", log[TOUCHED].pk)
    assert first(proved()) == ("edited", TOUCHED, log[TOUCHED].pk)
