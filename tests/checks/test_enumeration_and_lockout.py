"""Check: guessing names and passwords leads nowhere, and keeps nobody out of their work.

The attacker has the sign-in page, many addresses and a list of names; they would be glad to find a
name that exists, and nearly as glad to lock its worker out.
"""

import datetime as dt
import re
from unittest.mock import patch

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leeward.accounts import locks
from leeward.audit.models import AuditRow

pytestmark = pytest.mark.django_db

PASSWORD = "an invented long password"
HERE, THERE = "192.0.2.7", "198.51.100.9"
KNOWN, UNKNOWN = "wren", "nobody-here"
WRONG = "a wrong password"


def try_in(name, password=WRONG, address=HERE):
    browser = Client(REMOTE_ADDR=address)
    answer = browser.post(reverse("account_login"), {"login": name, "password": password})
    return browser, answer


def is_in(browser):
    return "_auth_user_id" in browser.session


def told(answer, name):
    """An answer without what differs each time, and without the name that was typed."""
    varies = rb'nonce="[^"]*"|value="[\w-]{64}"'
    body = re.sub(varies, b"", answer.content).replace(name.encode(), b"")
    kept = {"Content-Type", "Cache-Control", "Location", "Retry-After", "Clear-Site-Data"}
    headers = {name: value for name, value in answer.headers.items() if name in kept}
    return answer.status_code, headers, body, sorted(answer.cookies)


def work_done(name, password=WRONG):
    """How many passwords were hashed, and what the database was asked, to answer this try."""
    hashed = []
    encode = MD5PasswordHasher.encode
    counts = lambda *given, **named: hashed.append(1) or encode(*given, **named)  # noqa: E731
    with (
        patch.object(MD5PasswordHasher, "encode", counts),
        CaptureQueriesContext(connection) as asked,
    ):
        try_in(name, password)
    return len(hashed), len(asked.captured_queries)


def wait_out():
    """Let every wait be over."""
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(hours=2))


def test_enumeration_and_lockout(wren):
    known, unknown = (try_in(name)[1] for name in (KNOWN, UNKNOWN))
    assert told(known, KNOWN) == told(unknown, UNKNOWN)
    assert work_done(KNOWN) == work_done(UNKNOWN)
    for _ in range(locks.FREE_TRIES):
        known, unknown = (try_in(name)[1] for name in (KNOWN, UNKNOWN))
        assert told(known, KNOWN) == told(unknown, UNKNOWN)
    # Both wait now, alike, and the right password is not looked at.
    assert b"too many wrong tries" in known.content
    assert not is_in(try_in(KNOWN, PASSWORD)[0])
    # The worker, at their own desk, is not kept out.
    assert is_in(try_in(KNOWN, PASSWORD, THERE)[0])


@pytest.mark.parametrize("standing", ["has left", "is invited", "has a passkey alone"])
def test_a_name_in_any_standing_answers_like_an_unknown_one(wren, standing):
    if standing == "has left":
        wren.is_active = False
    else:
        wren.set_unusable_password()
    wren.save()
    known, unknown = (try_in(name, PASSWORD)[1] for name in (KNOWN, UNKNOWN))
    assert told(known, KNOWN) == told(unknown, UNKNOWN)
    assert work_done(KNOWN, PASSWORD) == work_done(UNKNOWN, PASSWORD)


def test_a_thousand_failures_elsewhere_do_not_slow_or_keep_out_a_worker(wren):
    def real():
        with CaptureQueriesContext(connection) as asked:
            browser, _answer = try_in(KNOWN, PASSWORD, THERE)
        assert is_in(browser)
        return len(asked.captured_queries)

    before = real()
    for number in range(1000):
        name = f"guess{number}"
        locks.is_locked(locks.PASSWORD, name, HERE)
        locks.count_failure(locks.PASSWORD, name, HERE)
    for _ in range(20):
        locks.is_locked(locks.PASSWORD, KNOWN, HERE)
        locks.count_failure(locks.PASSWORD, KNOWN, HERE)
    assert real() == before
    # A colleague in the same office, at the very address that the guesses came from.
    assert is_in(try_in("wren2", PASSWORD, HERE)[0]) is False
    wren.username = "wren2"
    wren.save()
    assert is_in(try_in("wren2", PASSWORD, HERE)[0])


def test_the_wait_grows_and_ends():
    waits = [locks.wait_after(failures).total_seconds() for failures in range(4, 14)]
    assert waits == [0, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    assert locks.wait_after(10_000) == locks.LONGEST_WAIT


def test_a_try_after_the_wait_is_looked_at_and_one_more_failure_waits_longer(wren):
    for _ in range(locks.FREE_TRIES):
        try_in(KNOWN)
    assert not is_in(try_in(KNOWN, PASSWORD)[0])
    just_over = timezone.now() - locks.FIRST_WAIT - dt.timedelta(seconds=1)
    AccessAttempt.objects.update(attempt_time=just_over)
    try_in(KNOWN)
    AccessAttempt.objects.update(attempt_time=just_over)
    assert not is_in(try_in(KNOWN, PASSWORD)[0])
    wait_out()
    assert is_in(try_in(KNOWN, PASSWORD)[0])
    # Whoever got in starts again at none.
    assert not AccessAttempt.objects.exists()


def test_tries_during_a_wait_do_not_make_it_longer(wren):
    for _ in range(locks.FREE_TRIES + 10):
        try_in(KNOWN)
    assert AccessAttempt.objects.get().failures_since_start == locks.FREE_TRIES


def test_the_same_name_written_otherwise_is_the_same_name(wren):
    for name in ("wren", "WREN", " Wren ", "wReN", "wren\t"):
        try_in(name)
    assert not is_in(try_in(KNOWN, PASSWORD)[0])
    assert AccessAttempt.objects.count() == 1


def test_what_was_typed_is_kept_nowhere(wren, caplog):
    typed = "my-password-in-the-wrong-box"
    for _ in range(locks.FREE_TRIES + 1):
        try_in(typed, "and-another-secret")
    rows = [*AccessAttempt.objects.values(), *AuditRow.objects.values()]
    held = " ".join(str(value) for row in rows for value in row.values()) + caplog.text
    for kept in (typed, "and-another-secret", PASSWORD):
        assert kept not in held


def test_failures_and_locks_are_in_the_audit_without_a_name(wren):
    for _ in range(locks.FREE_TRIES + 1):
        try_in(KNOWN)
    rows = AuditRow.objects.filter(action="worker.sign_in").order_by("id")
    assert [row.outcome for row in rows] == ["failed"] * locks.FREE_TRIES + ["refused"]
    assert {row.actor_id for row in rows} == {None}


def test_the_question_once_more_and_the_dialog_count_towards_the_same_lock(client, wren):
    client.force_login(wren)
    for to in ("sign_in_again", "sign_in_over") * 3:
        typed = {"login": "wren", "password": "a wrong one", "worker": str(wren.pk)}
        client.post(reverse(to), typed)
    assert client.post(reverse("sign_in_again"), {"password": PASSWORD}).status_code == 422


@pytest.mark.parametrize(
    ("proxies", "told_of", "counted"),
    [
        (0, "203.0.113.5", HERE),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "192.0.2.99, 203.0.113.5", "203.0.113.5"),
        (2, "203.0.113.5, 10.0.0.1", "203.0.113.5"),
        (1, "rubbish", locks.ANYWHERE),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "::ffff:203.0.113.5", "203.0.113.5"),
    ],
)
def test_an_address_is_what_the_outermost_proxy_saw(rf, settings, proxies, told_of, counted):
    settings.LEEWARD_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR=HERE, HTTP_X_FORWARDED_FOR=told_of)
    assert locks.address_of(request) == counted


def test_a_failure_leaves_no_trace_in_the_address(wren):
    _browser, answer = try_in(KNOWN)
    assert answer.status_code == 200
    assert "Location" not in answer.headers
