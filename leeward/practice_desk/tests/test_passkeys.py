"""Passkeys, and looking after one's own second factors."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from leeward.access.actors import SYSTEM
from leeward.accounts import codes
from leeward.accounts.actions import invite
from leeward.audit.models import AuditRow
from leeward.practice_desk.tests.signing_in import (
    PAPER,
    PASSWORD,
    SIGN_IN,
    acts,
    code_of,
    give_passkey,
    set_up_app,
    set_up_passkey,
    sign_in,
    signed_in,
)
from tests.device import Device

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asked")]


# --- Passkeys ---------------------------------------------------------------------------------


def test_a_passkey_is_made_and_signs_in_without_a_password(client, wren):
    sign_in(client)
    device, done = set_up_passkey(client)
    assert len(PAPER.findall(done.content.decode())) == codes.HOW_MANY
    client.post(reverse("account_logout"))
    inside = give_passkey(client, device, "account_login", next=reverse("people"))
    assert (inside.status_code, inside.url) == (302, reverse("people"))
    assert signed_in(client)
    assert ("worker.add_passkey", "done") in acts()


def test_a_passkey_is_the_second_step_too(client, with_passkey):
    assert sign_in(client).url == reverse("mfa_authenticate")
    assert give_passkey(client, with_passkey, "mfa_authenticate").status_code == 302
    assert signed_in(client)


@pytest.mark.parametrize("device", [Device(asks=False), Device("https://testserver.example")])
def test_a_device_that_does_not_ask_or_another_sites_is_not_taken(client, wren, device):
    sign_in(client)
    question = client.post(reverse("passkey_make"), secure=True).json()
    made = {"credential": device.make(question)}
    refused = client.post(reverse("second_step"), made, secure=True)
    assert refused.status_code == 422
    assert not Authenticator.objects.exists()


def test_an_answer_is_good_once_and_for_its_own_question(client, with_passkey):
    device = with_passkey
    question = client.post(reverse("passkey_ask"), secure=True).json()
    answer = {"credential": device.give(question)}
    client.post(reverse("passkey_ask"), secure=True)
    assert client.post(reverse("account_login"), answer, secure=True).status_code == 200
    assert not signed_in(client)
    assert acts()[-1] == ("worker.sign_in", "failed")


@pytest.mark.parametrize(
    "rubbish", ["", "1", "{", '{"response": 1}', '{"id": "AA", "rawId": "AA"}']
)
@pytest.mark.parametrize(
    "to", ["account_login", "mfa_authenticate", "second_step", "sign_in_over"]
)
def test_rubbish_in_place_of_a_passkey_is_refused_kindly(client, with_passkey, to, rubbish):
    if to != "account_login":
        sign_in(client)
    client.post(reverse("passkey_ask"), secure=True)
    answer = client.post(reverse(to), {"credential": rubbish}, secure=True)
    assert answer.status_code in {200, 302, 422}
    assert not signed_in(client)


def test_another_workers_passkey_is_no_second_step(client, with_passkey, colleague):
    colleague.set_password(PASSWORD)
    colleague.save()
    theirs = Client()
    theirs.post(reverse("account_login"), {"login": colleague.username, "password": PASSWORD})
    device, _done = set_up_passkey(theirs)
    sign_in(client)
    assert give_passkey(client, device, "mfa_authenticate").status_code == 422
    assert not signed_in(client)


def test_the_passkey_of_somebody_who_left_does_not_sign_in(client, with_passkey, wren):
    wren.is_active = False
    wren.save()
    give_passkey(client, with_passkey, "account_login")
    assert not signed_in(client)


def test_an_invited_worker_may_start_with_a_passkey_alone(client, wren):
    wren.set_unusable_password()
    wren.save()
    client.post(reverse("start_link", kwargs={"secret": invite(by=SYSTEM, worker=wren)}))
    assert b"Make a passkey" in client.get(reverse("start")).content
    device = Device()
    assert Client().post(reverse("start_passkey"), secure=True).status_code == 404
    question = client.post(reverse("start_passkey"), secure=True).json()
    assert client.post(reverse("start"), {"credential": "{}"}, secure=True).status_code == 422
    question = client.post(reverse("start_passkey"), secure=True).json()
    done = client.post(reverse("start"), {"credential": device.make(question)}, secure=True)
    assert done.status_code == 302
    assert signed_in(client)
    assert client.get(reverse("start")).status_code == 404
    wren.refresh_from_db()
    assert not wren.has_usable_password()
    assert b"on a second device" in client.get(reverse("second_step")).content


# --- Looking after one's own ------------------------------------------------------------------


def test_the_last_one_stays_and_anothers_is_not_there(client, with_passkey, colleague):
    give_passkey(client, with_passkey, "account_login")
    only = Authenticator.objects.get(type="webauthn")
    away = reverse("second_step_remove")
    assert b"the only one you have" in client.post(away, {"number": only.pk}).content
    theirs = Authenticator.objects.create(user=colleague, type="totp", data={})
    assert client.post(away, {"number": theirs.pk}).status_code == 404
    assert client.post(away, {"number": "x"}).status_code == 422
    set_up_app(client)
    assert client.post(away, {"number": only.pk}).status_code == 302
    assert not Authenticator.objects.filter(pk=only.pk).exists()
    assert acts()[-1] == ("worker.remove_passkey", "done")


@pytest.mark.parametrize(
    "name", ["second_step", "second_step_app", "second_step_remove", "passkey_make"]
)
def test_a_laptop_left_open_adds_and_removes_nothing(client, with_passkey, name):
    give_passkey(client, with_passkey, "account_login")
    session = client.session
    session["fresh_at"] -= 16 * 60
    session.save()
    for answer in (client.get(reverse(name)), client.post(reverse(name), {"number": 1})):
        asked = answer.status_code == 401 or reverse("sign_in_again") in answer.url
        assert asked


# --- Signing in again and over ----------------------------------------------------------------


def test_the_question_once_more_takes_a_passkey_or_a_code_from_the_app(client, with_app, clock):
    secret, paper = with_app
    client.post(sign_in(client).url, {"code": code_of(secret)})
    device, _done = set_up_passkey(client)
    again = reverse("sign_in_again")
    page = client.get(again).content.decode()
    assert "data-passkey" in page
    assert 'name="code"' in page
    assert client.post(again, {"code": paper[0]}).status_code == 422
    clock()
    assert client.post(again, {"code": code_of(secret)}).status_code == 302
    assert give_passkey(client, device, "sign_in_again").status_code == 302
    assert give_passkey(client, Device(), "sign_in_again").status_code == 422


def test_signing_in_over_a_page_asks_for_the_code(client, with_app, wren, clock):
    secret, _paper = with_app
    over, typed = reverse("sign_in_over"), SIGN_IN | {"worker": str(wren.pk)}
    assert client.post(over, typed).status_code == 422
    assert client.post(over, typed | {"code": "000000"}).status_code == 422
    assert not signed_in(client)
    assert client.post(over, typed | {"code": code_of(secret)}).status_code == 204
    assert signed_in(client)


def test_signing_in_over_a_page_by_passkey_is_for_the_same_worker(client, with_passkey, colleague):
    device = with_passkey
    refused = give_passkey(client, device, "sign_in_over", worker=str(colleague.pk))
    assert refused.status_code == 422
    assert not signed_in(client)
    mine = AuditRow.objects.latest("id")
    assert (mine.action, mine.outcome) == ("worker.sign_in_over", "refused")
    assert (
        give_passkey(client, device, "sign_in_over", worker=str(mine.actor_id)).status_code == 204
    )
    assert signed_in(client)
