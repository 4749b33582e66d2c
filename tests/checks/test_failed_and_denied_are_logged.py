"""failed_and_denied_are_logged: somebody tries doors, signed in or not.

Whatever is refused or fails leaves one row: who, what, and no word of what they typed. The row
stands although the view's transaction was rolled back.
"""

import uuid
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from leeward.access.actors import SYSTEM
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow
from leeward.audit.requests import serving
from leeward.practice_desk.views import pages

# Rows are looked for after a real rollback: nothing of the test's own holds a transaction open.
pytestmark = pytest.mark.django_db(transaction=True)

TYPED = "a word that nobody may find again"
Outcome = AuditRow.Outcome


def left(client, method, url, data=None):
    """The response, and the one row that this request left."""
    before = set(AuditRow.objects.values_list("pk", flat=True))
    client.raise_request_exception = False
    response = getattr(client, method)(url, data or {})
    (row,) = AuditRow.objects.exclude(pk__in=before)
    held = " ".join(str(value) for value in vars(row).values())
    assert TYPED not in held
    assert row.request_id
    return response, row


def said(row):
    """Who, what, about whom, and how it ended."""
    return row.actor_id, row.action, row.subject_id, row.outcome


def of_a_file(name, person):
    return reverse(name, args=[person.pk])


def test_failed_and_denied_are_logged(client, person, colleague):
    """A colleague asks for a file that is not theirs."""
    client.force_login(colleague)
    response, row = left(client, "get", of_a_file("overview", person))
    assert response.status_code == 404
    assert said(row) == (colleague.pk, "overview", person.pk, Outcome.REFUSED)
    assert row.agency_id == colleague.agency_id


def test_a_file_that_is_not_there_is_logged_like_one_that_is(client, colleague):
    client.force_login(colleague)
    nobody = uuid.uuid4()
    _response, row = left(client, "get", reverse("overview", args=[nobody]))
    assert said(row) == (colleague.pk, "overview", nobody, Outcome.REFUSED)


def test_a_page_that_the_role_may_not_see(desk, wren, person):
    response, row = left(desk, "get", of_a_file("transfer", person))
    assert response.status_code == 403
    assert said(row) == (wren.pk, "transfer", person.pk, Outcome.REFUSED)


@pytest.mark.parametrize("who", ["wren", "outsider"])
def test_an_agency_that_is_not_theirs(request, client, person, outsider, who):
    worker = request.getfixturevalue(who)
    client.force_login(worker)
    url = of_a_file("transfer" if who == "wren" else "details", person)
    _response, row = left(client, "post", url, {"reason": TYPED, "name_used": TYPED})
    assert (row.actor_id, row.outcome) == (worker.pk, Outcome.REFUSED)
    assert row.agency_id == worker.agency_id


@pytest.mark.parametrize(("method", "status"), [("get", 302), ("post", 401)])
def test_nobody_signed_in_asks_for_a_file(client, wren, person, method, status):
    data = {"text": TYPED, "written_by": "x"} if method == "post" else {}
    response, row = left(client, method, of_a_file("record", person), data)
    assert response.status_code in {302, status}
    assert said(row) == (None, "record", person.pk, Outcome.REFUSED)
    assert row.actor_kind == "nobody"
    assert row.agency_id is None


def test_nobody_on_the_way_to_the_sign_in_page_leaves_no_row(client):
    assert client.get(reverse("home")).status_code == 302
    assert client.get(reverse("account_login")).status_code == 200
    assert not AuditRow.objects.exists()


def test_a_draft_when_the_session_has_ended(client, person):
    url = reverse("draft", args=[person.pk, "record"])
    response, row = left(client, "post", url, {"text": TYPED})
    assert response.status_code == 401
    assert said(row) == (None, "draft", person.pk, Outcome.REFUSED)


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_form_without_its_token(wren, person, signed_in):
    strict = Client(enforce_csrf_checks=True)
    if signed_in:
        strict.force_login(wren)
    response, row = left(strict, "post", of_a_file("details", person), {"name_used": TYPED})
    assert response.status_code in {401, 403}
    assert said(row) == (wren.pk if signed_in else None, "details", person.pk, Outcome.REFUSED)


@pytest.mark.parametrize("name", ["wren", "a name that nobody has"])
def test_a_wrong_password_and_an_unknown_name(client, wren, name):
    given = {"login": name, "password": TYPED}
    response, row = left(client, "post", reverse("account_login"), given)
    assert response.status_code == 200
    assert row.outcome == Outcome.FAILED
    assert row.action == "worker.sign_in"


def test_a_worker_who_has_left(client, wren):
    wren.set_password(TYPED)
    wren.is_active = False
    wren.save()
    given = {"login": "wren", "password": TYPED}
    _response, row = left(client, "post", reverse("account_login"), given)
    assert (row.action, row.outcome) == ("worker.sign_in", Outcome.FAILED)


def test_more_requests_than_the_limit(client, settings, wren):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    cache.clear()
    url = reverse("account_login")
    left(client, "post", url, {"login": "wren", "password": TYPED})
    response, row = left(client, "post", url, {"login": "wren", "password": TYPED})
    cache.clear()
    assert response.status_code == 429
    assert said(row) == (None, "account_login", None, Outcome.REFUSED)


def test_a_page_that_ends_in_an_error_takes_its_own_row_along_and_leaves_another(
    desk, wren, person, monkeypatch
):
    monkeypatch.setattr(pages.Overview, "get_context_data", Mock(side_effect=RuntimeError(TYPED)))
    response, row = left(desk, "get", of_a_file("overview", person))
    assert response.status_code == 500
    assert said(row) == (wren.pk, "overview", person.pk, Outcome.FAILED)


def test_a_failed_sign_in_whose_page_then_fails_is_still_there(client, wren, monkeypatch):
    """The row is written inside the view's transaction, which goes; the row stays."""
    monkeypatch.setattr(
        "leeward.practice_desk.views.session.SignIn.form_invalid",
        Mock(side_effect=RuntimeError(TYPED)),
    )
    given = {"login": "wren", "password": TYPED}
    response, row = left(client, "post", reverse("account_login"), given)
    assert response.status_code == 500
    assert (row.action, row.outcome) == ("worker.sign_in", Outcome.FAILED)


def test_what_was_kept_aside_is_written_even_when_nothing_answers():
    def view():
        with transaction.atomic():
            audit.record(by=SYSTEM, action="worker.sign_in", outcome=Outcome.FAILED)
            assert not AuditRow.objects.exists()
            raise RuntimeError

    with pytest.raises(RuntimeError), serving("a request"):
        view()
    assert AuditRow.objects.get().request_id == "a request"
    assert not connection.in_atomic_block
