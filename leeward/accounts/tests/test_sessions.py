"""How long a session lasts, and how it ends everywhere at once."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from leeward.access.actors import SYSTEM
from leeward.accounts import sessions
from leeward.accounts.actions import end_all_sessions, reset_sign_in
from leeward.accounts.models import Session
from leeward.accounts.session_store import SessionStore
from leeward.audit.models import AuditRow

pytestmark = pytest.mark.django_db

PASSWORD = "an invented long password"
SIGN_IN = {"login": "wren", "password": PASSWORD}


@pytest.fixture
def at_work(client, wren):
    """A browser in which Wren has signed in at the page."""
    client.post(reverse("account_login"), SIGN_IN)
    return client


def aged(client, **seconds):
    """Let these moments of the session lie further back."""
    session = client.session
    for name, more in seconds.items():
        session[name] -= more
    session.save()


def signed_in(client):
    return client.get(reverse("home")).status_code == 200


@pytest.mark.parametrize(
    ("role", "idle", "whole"),
    [("worker", 30, 10), ("residence_staff", 15, 12), ("a role to come", 30, 10)],
)
def test_limits_are_by_role(role, idle, whole):
    limits = sessions.limits_of(role)
    assert limits.idle.total_seconds() == idle * 60
    assert limits.whole.total_seconds() == whole * 3600


def test_a_session_left_alone_ends_and_says_so_in_the_audit(at_work, wren):
    aged(at_work, used_at=29 * 60)
    assert signed_in(at_work)
    aged(at_work, used_at=30 * 60 + 5)
    gone = at_work.get(reverse("home"))
    assert gone.status_code == 302
    assert gone.url.startswith(reverse("account_login"))
    assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert AuditRow.objects.get(action="worker.session_over").actor_id == wren.pk


def test_a_session_ends_however_busy(at_work):
    aged(at_work, began_at=10 * 3600 - 60)
    assert signed_in(at_work)
    aged(at_work, began_at=65)
    assert not signed_in(at_work)


def test_use_is_noted_at_most_once_a_minute(at_work):
    before = at_work.session["used_at"]
    signed_in(at_work)
    assert at_work.session["used_at"] == before
    aged(at_work, used_at=61)
    signed_in(at_work)
    assert at_work.session["used_at"] >= before


def test_a_session_of_djangos_own_making_counts_from_its_first_page(client, wren):
    client.force_login(wren)
    assert signed_in(client)
    assert time.time() - client.session["began_at"] < 60
    assert client.session["second_factor"] is False


def test_every_session_of_a_worker_ends_at_once_and_nobody_elses(at_work, wren, colleague):
    elsewhere, other = Client(), Client()
    elsewhere.post(reverse("account_login"), SIGN_IN)
    other.force_login(colleague)
    assert signed_in(elsewhere)
    end_all_sessions(by=SYSTEM, worker=wren)
    assert not signed_in(at_work)
    assert not signed_in(elsewhere)
    assert signed_in(other)
    at_work.post(reverse("account_login"), SIGN_IN)
    assert signed_in(at_work)


def test_a_reset_takes_the_password_and_gives_a_link(at_work, wren):
    secret = reset_sign_in(by=SYSTEM, worker=wren)
    assert not signed_in(at_work)
    wren.refresh_from_db()
    assert not wren.has_usable_password()
    answer = at_work.post(reverse("start_link", kwargs={"secret": secret}))
    assert answer.headers["Location"] == reverse("start")


def test_signing_out_clears_what_the_browser_keeps(at_work):
    gone = at_work.post(reverse("account_logout"))
    assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
    # A page of the sign-in door is nobody's: there is nothing to clear.
    assert "Clear-Site-Data" not in Client().get(reverse("account_login")).headers


def test_the_database_does_not_hold_what_the_cookie_holds(at_work):
    key = at_work.cookies["leeward_desk"].value
    row = Session.objects.get()
    assert key not in (row.session_key, row.session_data)
    assert SessionStore(key)["_auth_user_id"]
    # What the database holds opens nothing.
    thief = Client()
    thief.cookies["leeward_desk"] = row.session_key
    assert not signed_in(thief)


def test_a_store_knows_its_sessions_by_their_keys():
    store = SessionStore()
    store["a"] = 1
    store.save()
    assert SessionStore().exists(store.session_key)
    store.delete("of nobody")
    assert SessionStore().exists(store.session_key)
    store.delete()
    assert not SessionStore().exists(store.session_key)
    SessionStore().delete()
    assert SessionStore(store.session_key).load() == {}
