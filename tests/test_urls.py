"""What every address has in common. An address without a line in TABLE fails the build.

Who gets in where is tried in `test_every_door.py`.
"""

import copy
import re

import pytest
from django.test import Client
from django.urls import reverse

from leeward.access.rules import may, table
from leeward.accounts.models import Worker
from leeward.audit.models import AuditRow
from leeward.practice_desk.urls import urlpatterns
from tests.cast import full_scene
from tests.url_table import TABLE

# These answer somebody who is not signed in; each has its own test below.
OPEN = {
    *("account_login", "account_logout", "mfa_authenticate", "passkey_ask", "sign_in_over"),
    *("draft", "concern_draft", "start", "start_link", "start_passkey"),
}
BY_NAME = {each.name: each for each in urlpatterns}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(made_once):
    return full_scene()


@pytest.fixture
def agency(scene, db):
    return copy.deepcopy(scene.agency)


@pytest.fixture
def wren(scene, db):
    return copy.deepcopy(scene.wren)


@pytest.fixture
def person(scene, db):
    return copy.deepcopy(scene.person)


@pytest.fixture
def file(scene, db):
    return copy.deepcopy(scene.file)


@pytest.fixture
def address(file):
    """`address("note")`: where that page of the full file is."""

    def of(name):
        asked = re.findall(r"<(?:\w+:)?(\w+)>", str(BY_NAME[name].pattern))
        return reverse(name, kwargs={each: file.ids()[each] for each in asked})

    return of


def test_every_address_has_a_line():
    assert set(BY_NAME) == set(TABLE) | OPEN


@pytest.mark.parametrize("name", TABLE)
def test_a_view_declares_the_action_the_table_says(name):
    assert BY_NAME[name].callback.view_class.action == TABLE[name]
    assert TABLE[name] in table()


@pytest.mark.one_engine
@pytest.mark.parametrize("name", TABLE)
def test_whoever_is_not_signed_in_is_asked_to(client, address, name):
    url = address(name)
    for response in (client.get(url), client.post(url)):
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_login"))
    assert not AuditRow.objects.exclude(actor_id=None).exists()


# An empty form shows nobody, and neither does a page about oneself.
SHOWS_NOBODY = {"find", "concern_take", "residences"} | {
    name for name, action in TABLE.items() if action == "account.own"
}
# These are only ever sent.
BY_POST = {"notice_open", "notice_settle", "take_back"}


@pytest.mark.parametrize("name", [name for name in TABLE if "_id>" in str(BY_NAME[name].pattern)])
def test_a_file_that_is_not_yours_and_one_that_is_not_there_look_the_same(
    client, file, address, outsider, name
):
    theirs = address(name)
    nowhere = theirs.replace(str(file.person.pk), "0" * 8 + "-0000-7000-8000-" + "0" * 12)
    objects = (file.duty, file.notice, file.left, file.request, file.hold, file.disposal)
    for each in (*objects, file.concern, file.run, file.review):
        nowhere = nowhere.replace(str(each.pk), "0" * 8 + "-0000-7000-8000-" + "0" * 12)
    client.force_login(outsider)
    if not may(outsider.role, TABLE[name]):
        # Somebody whose role does open such a page, at their own agency.
        outsider.role = next(role for role in Worker.Role.values if may(role, TABLE[name]))
        outsider.save(update_fields=["role"])
    ask = client.post if name in BY_POST else client.get
    pages = [ask(url) for url in (theirs, nowhere)]
    assert [page.status_code for page in pages] == [404, 404]
    bodies = [re.sub(rb'nonce="[^"]*"|value="[\w-]{64}"', b"", page.content) for page in pages]
    ids = (str(file.person.pk).encode(), b"00000000-0000-7000-8000-000000000000")
    one, other = (re.sub(rb"|".join(ids), b"", body) for body in bodies)
    assert re.sub(str(file.duty.pk).encode(), b"", one) == other


@pytest.mark.parametrize("name", TABLE)
def test_reading_a_page_writes_its_audit_row_and_nothing_else(
    desk, address, name, assert_get_writes_only_audit
):
    url = address(name)
    before = AuditRow.objects.count()
    response = assert_get_writes_only_audit(desk, url)
    if response.status_code == 200 and name not in SHOWS_NOBODY:
        assert AuditRow.objects.count() == before + 1, "a page was read and nothing says so"


@pytest.mark.one_engine
@pytest.mark.parametrize("name", TABLE)
def test_a_page_is_in_the_language_asked_for_never_kept_and_carries_its_policy(
    desk, address, name
):
    for language in ("en", "fr"):
        response = desk.get(address(name), {"lang": language})
        if response.status_code == 200 and "html" in response.headers["Content-Type"]:
            assert f'<html lang="{language}'.encode() in response.content
    assert "no-store" in response.headers["Cache-Control"]
    # What somebody else made runs nothing at all; what we made runs our own scripts.
    allowed = "sandbox; default-src 'none'" if name == "document_copy" else "script-src 'self'"
    assert allowed in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["Referrer-Policy"] in {"no-referrer", "same-origin"}


@pytest.mark.one_engine
@pytest.mark.parametrize("name", TABLE)
def test_no_page_is_opened_by_a_form_from_elsewhere(wren, address, name):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(wren)
    assert strict.post(address(name)).status_code in {403, 405}


def test_the_sign_in_page_is_open_and_says_nothing_of_anyone(client, person):
    response = client.get(reverse("account_login"))
    assert response.status_code == 200
    assert person.name_used not in response.content.decode()


def test_signing_out_ends_the_session(desk):
    desk.post(reverse("account_logout"))
    assert desk.get(reverse("home")).status_code == 302


@pytest.mark.parametrize("name", ["draft", "concern_draft"])
def test_a_draft_of_whoever_is_not_signed_in_asks_for_sign_in(client, address, name):
    response = client.post(address(name), {"text": "half a sente"})
    assert response.status_code == 401
    assert response.headers["X-Leeward-Signed-Out"] == "1"


@pytest.mark.parametrize(("who", "status"), [("wren", 204), ("colleague", 404), ("outsider", 404)])
def test_a_draft_is_kept_for_a_file_one_may_write_in(request, client, address, who, status):
    url = address("draft")
    client.force_login(request.getfixturevalue(who))
    assert client.post(url, {"text": "half a sente"}).status_code == status


@pytest.mark.parametrize("password", ["an invented long password", "wrong"])
def test_signing_in_over_a_page_is_for_the_same_worker_alone(client, wren, colleague, password):
    given = {"login": "wren", "password": password}
    url = reverse("sign_in_over")
    assert client.post(url, given | {"worker": str(colleague.pk)}).status_code == 422
    right = client.post(url, given | {"worker": str(wren.pk)})
    assert right.status_code == (422 if password == "wrong" else 204)


def test_the_demos_sign_in_has_no_address_here(client):
    assert client.post("/demo/sign-in/", {"persona": "wren"}).status_code in {302, 404}
    assert "demo_sign_in" not in BY_NAME
