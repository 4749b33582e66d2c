import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from leeward.access.actors import SYSTEM
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow
from leeward.audit.queries import openings_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    return audit.record(by=SYSTEM, action="file.open", subject=uuid.uuid4())


def test_a_row_is_not_changed_by_its_model(row):
    row.purpose = "another"
    with pytest.raises(TypeError, match="never changed"):
        row.save()


def test_a_row_is_not_removed_by_its_model(row):
    with pytest.raises(TypeError, match="never removed"):
        row.delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditrow SET purpose = 'another'",
        "UPDATE audit_auditrow SET id = id + 1000",
        "DELETE FROM audit_auditrow",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_row(row, statement):
    with pytest.raises(DatabaseError, match="never"), transaction.atomic():
        connection.cursor().execute(statement)
    assert AuditRow.objects.get(pk=row.pk).purpose == ""


REPLACING = {
    "sqlite": """INSERT OR REPLACE INTO audit_auditrow
                 (id, at, actor_kind, action, shown, purpose, outcome, request_id)
                 SELECT id, at, 'system', 'nothing', '[]', '', 'done', '' FROM audit_auditrow""",
    "postgresql": "TRUNCATE audit_auditrow",
}


def test_the_database_refuses_to_write_over_or_empty_the_rows(row):
    with pytest.raises(DatabaseError, match="never"), transaction.atomic():
        connection.cursor().execute(REPLACING[connection.vendor])
    assert AuditRow.objects.get(pk=row.pk).action == "file.open"


def test_rows_go_on_being_added_after_one_was_refused(row):
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditRow.objects.create(id=row.pk, actor_kind="system", action="file.open", outcome="done")
    assert audit.record(by=SYSTEM, action="file.open").pk > row.pk


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_is_cleaned_up_and_the_refusal_stands_again():
    with transaction.atomic():
        audit.record(by=SYSTEM, action="file.open")
    with pytest.raises(DatabaseError, match="never"):
        AuditRow.objects.all().delete()


@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_queryset_cannot_change_or_remove_rows_either(row, change):
    rows = AuditRow.objects.filter(pk=row.pk)
    with pytest.raises(DatabaseError, match="never"), transaction.atomic():
        rows.update(purpose="another") if change == "update" else rows.delete()
    assert rows.exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_done_cannot_be_recorded_apart_from_the_doing():
    with pytest.raises(transaction.TransactionManagementError, match=r"file\.open"):
        audit.record(by=SYSTEM, action="file.open")
    assert not AuditRow.objects.exists()


def test_an_unknown_outcome_is_refused_by_the_database():
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditRow.objects.create(actor_kind="system", action="file.open", outcome="perhaps")


def test_rows_of_one_request_can_be_read_together(row):
    token = audit.current_request_id.set("a request")
    try:
        audit.record(by=SYSTEM, action="file.open")
    finally:
        audit.current_request_id.reset(token)
    assert AuditRow.objects.filter(request_id="a request").count() == 1
    assert row.request_id == ""


def test_a_list_records_whom_it_showed_without_opening_them(row):
    seen = [uuid.uuid4(), uuid.uuid4()]
    shown = audit.record(by=SYSTEM, action="people.find", shown=seen)
    assert AuditRow.objects.get(pk=shown.pk).shown == [str(each) for each in seen]
    assert not openings_of(seen[0]).exists()
    assert list(openings_of(row.subject_id)) == [row]


def test_a_refused_opening_is_no_opening(row):
    audit.record(
        by=SYSTEM, action="file.open", subject=row.subject_id, outcome=AuditRow.Outcome.REFUSED
    )
    assert openings_of(row.subject_id).count() == 1


def test_a_row_says_what_and_how_it_ended_and_no_name(row):
    assert str(row) == "file.open done"
