"""What goes by its age: rows of an import that nobody ended, and concerns that are in no file."""

import datetime as dt

import pytest
from django.core.management import call_command

from leeward.audit.models import AuditRow
from leeward.concerns.factories import (
    ConcernFactory,
    ConcernNewsFactory,
    ImportFactory,
    ReferralFactory,
)
from leeward.concerns.models import Concern, ConcernNews, ConcernSource, Import, Referral
from leeward.sealing import keyring

pytestmark = pytest.mark.django_db
NOW = dt.datetime.now(dt.UTC)


@pytest.fixture
def dispose(capsys, django_capture_on_commit_callbacks):
    def run():
        with django_capture_on_commit_callbacks(execute=True):
            call_command("dispose")
        return capsys.readouterr().out

    return run


def test_an_import_that_nobody_ended_lets_go_of_its_rows_when_its_days_are_over(wren, dispose):
    given = {"started_by": wren, "agency": wren.agency}
    fresh, old, mended = (ImportFactory(**given) for _ in range(3))
    old_enough = NOW - dt.timedelta(days=31)
    Import.objects.filter(pk__in=[old.pk, mended.pk]).update(started_at=old_enough)
    Import.objects.filter(pk=mended.pk).update(ended_at=NOW)
    assert "import: the time of 1 was over." in dispose()
    old.refresh_from_db()
    assert old.ended_at
    assert not old.mapping
    rows = [(each.number, each.state, each.cells) for each in old.rows.order_by("number")]
    assert rows == [(1, "waiting", None), (2, "left_out", None), (3, "left_out", None)]
    assert not keyring.has_key(old.pk)
    assert AuditRow.objects.get(action="caseload.expire").subject_id == old.pk
    fresh.refresh_from_db()
    assert fresh.ended_at is None
    assert all(each.cells for each in fresh.rows.all())
    assert "import" not in dispose()


def test_a_concern_in_no_file_goes_with_who_told_it_when_its_years_are_over(
    wren, person, dispose, settings
):
    given = {"taken_by": wren, "agency": wren.agency}
    long_ago = NOW - dt.timedelta(days=7 * 366)
    old = ConcernFactory(state="closed", settled_at=long_ago, **given)
    ConcernNewsFactory(concern=old)
    ReferralFactory(concern=old)
    stays = [
        ConcernFactory(state="sent_on", settled_at=NOW - dt.timedelta(days=6 * 366), **given),
        ConcernFactory(**given),
        ConcernFactory(state="accepted", settled_at=long_ago, person=person, **given),
        # Handed to the team of a file, and closed by them: it goes with that file.
        ConcernFactory(state="closed", settled_at=long_ago, person=person, **given),
    ]
    assert "concern: the time of 1 was over." in dispose()
    assert set(Concern.objects.all()) == set(stays)
    for rows in (ConcernNews, Referral, ConcernSource):
        assert not rows.objects.filter(concern_id=old.pk).exists()
    assert not keyring.has_key(old.pk)
    assert all(keyring.has_key(each.pk) for each in stays)
    assert AuditRow.objects.get(action="concern.expire").subject_id == old.pk
    settings.LEEWARD_RETENTION = {"concern": 5}
    assert "concern: the time of 1 was over." in dispose()
    assert set(Concern.objects.all()) == set(stays[1:])
