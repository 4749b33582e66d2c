"""Check: an invitation link that was leaked or forwarded lets nobody else in.

The attacker holds the whole link: read over a shoulder, fetched by a preview robot, forwarded by
mistake, or kept in a mail folder that somebody else opens later.
"""

import datetime as dt
import re
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leeward.access.actors import SYSTEM
from leeward.accounts.actions import end_all_sessions, invite
from leeward.accounts.factories import WorkerFactory
from leeward.accounts.models import Invitation, Worker
from leeward.audit.models import AuditRow
from leeward.practice_desk.urls import urlpatterns
from tests.cast import full_file

pytestmark = pytest.mark.django_db

CHOSEN = {"password": "another invented password", "once_more": "another invented password"}
UNKNOWN = "A" * 43


def link(secret):
    return reverse("start_link", kwargs={"secret": secret})


@pytest.fixture
def invited(agency):
    worker = WorkerFactory(agency=agency, username="ilo", display_name="Ilo Sample")
    return worker, invite(by=SYSTEM, worker=worker)


def told(response):
    """A page without what differs each time it is drawn."""
    varies = rb'nonce="[^"]*"|value="[\w-]{64}"|/start/(?:[\w-]{42,44}/)?'
    return response.status_code, re.sub(varies, b"", response.content)


def test_leaked_or_forwarded_link(invited, client):
    worker, secret = invited
    assert client.post(link(secret)).headers["Location"] == reverse("start")

    thief = Client()
    there = thief.post(link(secret))
    never_was = Client().post(link(UNKNOWN))
    assert told(there) == told(never_was)
    assert there.status_code == 404
    assert not there.cookies.get("leeward_start")
    assert thief.post(reverse("start"), CHOSEN).status_code == 404
    worker.refresh_from_db()
    assert not worker.check_password(CHOSEN["password"])

    # The one it was sent to goes on, once.
    assert client.post(reverse("start"), CHOSEN).status_code == 302
    assert client.session["_auth_user_id"] == str(worker.pk)
    assert thief.post(link(secret)).status_code == 404


def test_looking_at_the_link_neither_uses_it_nor_tells_whose_it_is(
    invited, client, assert_get_writes_only_audit
):
    worker, secret = invited
    before = list(Invitation.objects.values())
    for method in ("get", "head"):
        robot = Client()
        response = getattr(robot, method)(link(secret))
        assert not response.cookies.get("leeward_start")
    page = assert_get_writes_only_audit(client, link(secret))
    assert told(page) == told(Client().get(link(UNKNOWN)))
    for word in (worker.username, worker.display_name, worker.agency.name):
        assert word not in page.content.decode()
    assert list(Invitation.objects.values()) == before
    assert not AuditRow.objects.filter(action="worker.open_invitation").exists()
    assert client.post(link(secret)).status_code == 302


def test_the_button_may_be_pressed_again_in_the_same_browser(invited, client):
    _worker, secret = invited
    first = client.post(link(secret)).cookies["leeward_start"]
    assert client.post(link(secret)).status_code == 302
    assert client.get(reverse("start")).status_code == 200
    assert first["httponly"]
    assert first["path"] == reverse("start")


@pytest.mark.parametrize("change", ["cut short", "one letter", "another case", "longer"])
def test_an_altered_link_is_like_one_that_never_was(invited, client, change):
    _worker, secret = invited
    swapped = "B" if secret[0] == "A" else "A"
    altered = {
        "cut short": secret[:-1],
        "one letter": swapped + secret[1:],
        "another case": secret.swapcase(),
        "longer": secret + "A",
    }[change]
    never_was = told(Client().post(link(UNKNOWN)))
    assert told(client.post(link(altered))) == never_was
    assert told(client.get(reverse("start"))) == never_was
    # And it did no harm to the link as it was sent.
    assert client.post(link(secret)).status_code == 302


def test_the_address_of_any_page_leads_a_stranger_to_sign_in(person, wren, supervisor, client):
    ids = full_file(person, wren, supervisor).ids()
    asked = 0
    for each in urlpatterns:
        if not getattr(each.callback, "login_required", True):
            continue
        names = re.findall(r"<(?:\w+:)?(\w+)>", str(each.pattern))
        address = reverse(each.name, kwargs={name: ids.get(name, person.pk) for name in names})
        answer = client.get(address)
        assert answer.status_code == 302, each.name
        assert answer.url.startswith(reverse("account_login")), each.name
        assert person.name_used not in answer.content.decode()
        asked += 1
    assert asked > 30


def test_no_address_holds_a_name_or_a_secret_but_the_links_own(desk, person, wren, supervisor):
    full_file(person, wren, supervisor)
    opaque = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9_.-]*")
    seen = set()
    for name in ("home", "people", "overview", "timeline", "signs", "plan", "about", "time_away"):
        kwargs = {} if name in {"home", "people"} else {"person_id": person.pk}
        page = desk.get(reverse(name, kwargs=kwargs)).content.decode()
        seen |= {unquote(each) for each in re.findall(r'(?:href|action)="(/[^"#]*)', page)}
    assert len(seen) > 20
    names = {person.name_used, wren.display_name, wren.username}
    for address in seen:
        path, _mark, query = address.partition("?")
        assert all(opaque.fullmatch(part) for part in path.split("/")), address
        assert not any(each in query for each in names), address


def test_no_referrer_leaves(invited, client, desk, person):
    _worker, secret = invited
    pages = [
        Client().get(link(secret)),
        client.post(link(UNKNOWN)),
        Client().get(reverse("account_login")),
        desk.get(reverse("overview", kwargs={"person_id": person.pk})),
    ]
    for page in pages:
        assert page.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
        outside = re.findall(r'(?:href|src|action)="((?:https?:)?//[^"]+)"', page.content.decode())
        assert not outside


@pytest.mark.parametrize("what", ["ended", "used", "replaced", "taken back", "left"])
def test_a_link_that_is_no_longer_good_is_like_one_that_never_was(invited, client, what):
    worker, secret = invited
    client.post(link(secret))
    if what == "ended":
        over = timezone.now() - dt.timedelta(seconds=1)
        Invitation.objects.update(ends_at=over)
    elif what == "used":
        client.post(reverse("start"), CHOSEN)
        client.logout()
    elif what == "replaced":
        invite(by=SYSTEM, worker=worker)
    elif what == "taken back":
        end_all_sessions(by=SYSTEM, worker=worker)
    else:
        Worker.objects.filter(pk=worker.pk).update(is_active=False)
    never_was = told(Client().post(link(UNKNOWN)))
    assert told(client.post(link(secret))) == never_was
    assert told(client.get(reverse("start"))) == never_was
    assert told(client.post(reverse("start"), CHOSEN)) == never_was


def test_neither_secret_is_kept(invited, client):
    _worker, secret = invited
    browser_secret = client.post(link(secret)).cookies["leeward_start"].value
    held = " ".join(str(value) for row in Invitation.objects.values() for value in row.values())
    held += " ".join(str(value) for row in AuditRow.objects.values() for value in row.values())
    assert secret not in held
    assert browser_secret not in held


def test_a_password_that_is_too_short_or_typed_twice_differently_is_said_and_uses_nothing_up(
    invited, client
):
    _worker, secret = invited
    client.post(link(secret))
    for chosen in (
        {"password": "short", "once_more": "short"},
        CHOSEN | {"once_more": "something else entirely"},
        {},
    ):
        response = client.post(reverse("start"), chosen)
        assert response.status_code == 422
        assert b"There is a problem" in response.content
    assert client.post(reverse("start"), CHOSEN).status_code == 302


def test_an_invitation_is_audited_from_its_making_to_its_use(invited, client):
    worker, secret = invited
    client.post(link(secret))
    client.post(reverse("start"), CHOSEN)
    acts = list(
        AuditRow.objects.filter(action__startswith="worker.")
        .order_by("id")
        .values_list("action", "actor_id", "outcome")
    )
    assert acts == [
        ("worker.invite", None, "done"),
        ("worker.open_invitation", worker.pk, "done"),
        ("worker.accept_invitation", worker.pk, "done"),
        ("worker.sign_in", worker.pk, "done"),
    ]
