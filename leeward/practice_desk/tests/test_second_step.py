"""The second step: asked of everybody; an app and codes on paper; words that wait for it."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from leeward.accounts import codes
from leeward.accounts.models import Session
from leeward.accounts.session_store import SessionStore
from leeward.audit.models import AuditRow
from leeward.practice_desk.tests.signing_in import (
    PAPER,
    PASSWORD,
    acts,
    code_of,
    set_up_app,
    sign_in,
    signed_in,
)
from leeward.practice_desk.typed_words import Words, carry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asked")]


# --- Asked of everybody -----------------------------------------------------------------------


def test_whoever_has_none_is_led_to_set_one_up_and_reaches_nothing_else(client, wren, person):
    assert sign_in(client).status_code == 302
    for name, given in (("home", {}), ("people", {}), ("overview", {"person_id": person.pk})):
        for method in ("get", "post"):
            led = getattr(client, method)(reverse(name, kwargs=given))
            assert (led.status_code, led.url) == (302, reverse("second_step"))
    assert not AuditRow.objects.filter(action__startswith="file.").exists()
    page = client.get(reverse("second_step")).content.decode()
    assert reverse("account_logout") in page
    assert reverse("people") not in page


def test_a_session_from_before_it_was_set_up_ends(client, wren):
    other = Client()
    sign_in(client)
    sign_in(other)
    set_up_app(client)
    assert signed_in(client)
    assert other.get(reverse("second_step")).url == reverse("account_login")
    assert not signed_in(other)


def test_where_it_is_not_asked_nobody_is_led_away(client, wren, settings):
    settings.LEEWARD_SECOND_FACTOR = False
    sign_in(client)
    assert signed_in(client)


# --- An app and paper -------------------------------------------------------------------------


def test_an_app_is_set_up_and_asked_for(client, wren, clock):
    sign_in(client)
    secret, done = set_up_app(client)
    assert len(PAPER.findall(done.content.decode())) == codes.HOW_MANY
    assert signed_in(client)
    client.post(reverse("account_logout"))

    step = sign_in(client, next=reverse("people"))
    assert step.url == reverse("mfa_authenticate")
    assert not signed_in(client)
    wrong = client.post(step.url, {"code": "not one"})
    assert wrong.status_code == 422
    assert b"The code is not right" in wrong.content
    assert not signed_in(client)
    clock()
    right = client.post(step.url, {"code": code_of(secret)})
    assert (right.status_code, right.url) == (302, reverse("people"))
    assert signed_in(client)
    assert acts()[:4] == [
        ("worker.sign_in", "done"),
        ("worker.add_app", "done"),
        ("worker.make_recovery_codes", "done"),
        ("worker.sign_out", "done"),
    ]
    assert acts()[4:] == [("worker.second_step", "failed"), ("worker.sign_in", "done")]


def test_a_code_works_once_and_an_earlier_one_not_after_it(client, with_app, clock):
    secret, _paper = with_app
    earlier = code_of(secret)
    clock()
    now = code_of(secret)
    step = sign_in(client).url
    assert client.post(step, {"code": now}).status_code == 302
    client.post(reverse("account_logout"))
    for used in (now, earlier):
        sign_in(client)
        assert client.post(step, {"code": used}).status_code == 422


def test_a_code_on_paper_works_once_and_is_audited(client, with_app):
    _secret, paper = with_app
    step = sign_in(client).url
    assert client.post(step, {"code": paper[3].upper().replace("-", " ")}).status_code == 302
    assert ("worker.use_recovery_code", "done") in acts()
    assert b"9 codes are left" in client.get(reverse("second_step")).content
    client.post(reverse("account_logout"))
    sign_in(client)
    assert client.post(step, {"code": paper[3]}).status_code == 422


def test_paper_is_shown_once_and_new_paper_ends_the_old(client, with_app, clock):
    secret, paper = with_app
    client.post(sign_in(client).url, {"code": code_of(secret)})
    assert not PAPER.findall(client.get(reverse("second_step")).content.decode())
    assert client.get(reverse("recovery_codes")).status_code == 405
    new = PAPER.findall(client.post(reverse("recovery_codes")).content.decode())
    assert not set(new) & set(paper)
    client.post(reverse("account_logout"))
    sign_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": paper[0]}).status_code == 422
    assert client.post(reverse("mfa_authenticate"), {"code": new[0]}).status_code == 302


def test_no_secret_lies_in_the_database_as_it_is(client, with_app, wren):
    secret, paper = with_app
    sign_in(client)
    client.get(reverse("second_step_app"))
    held = json.dumps([row.data for row in Authenticator.objects.all()])
    held += "".join(
        json.dumps(SessionStore().decode(row.session_data)) for row in Session.objects.all()
    )
    for kept in (secret, *paper):
        assert kept not in held


def test_a_secret_copied_to_a_colleague_does_not_open(client, with_app, wren, colleague):
    secret, _paper = with_app
    Authenticator.objects.filter(user=wren).update(user=colleague)
    colleague.set_password(PASSWORD)
    colleague.save()
    client.raise_request_exception = False
    step = client.post(
        reverse("account_login"), {"login": colleague.username, "password": PASSWORD}
    )
    assert client.post(step.url, {"code": code_of(secret)}).status_code >= 400
    assert not signed_in(client)


def test_the_picture_of_another_or_an_old_one_is_not_taken(client, wren, colleague):
    sign_in(client)
    secret, carried = codes.new_app_secret(colleague)
    typed = {"sealed": carried, "code": code_of(secret)}
    answer = client.post(reverse("second_step_app"), typed)
    assert answer.status_code == 422
    assert b"This picture is too old" in answer.content
    assert not Authenticator.objects.exists()


def test_wrong_codes_lock_the_second_step(client, with_app, clock):
    secret, _paper = with_app
    step = sign_in(client).url
    for _ in range(5):
        client.post(step, {"code": "000000"})
    refused = client.post(step, {"code": code_of(secret)})
    assert b"too many wrong codes" in refused.content
    assert acts()[-1] == ("worker.second_step", "refused")
    # From another address it still opens: nobody is kept out by a stranger.
    elsewhere = Client(REMOTE_ADDR="198.51.100.9")
    sign_in(elsewhere)
    assert elsewhere.post(step, {"code": code_of(secret)}).status_code == 302


def test_wrong_codes_from_everywhere_stop_for_the_day(client, with_app):
    secret, paper = with_app
    for house in range(codes.MOST_IN_A_DAY // 5):
        thief = Client(REMOTE_ADDR=f"198.51.100.{house}")
        step = sign_in(thief).url
        for _ in range(5):
            assert thief.post(step, {"code": "000000"}).status_code == 422
    sign_in(client)
    assert client.post(step, {"code": code_of(secret)}).status_code == 422
    assert client.post(step, {"code": paper[0]}).status_code == 422


def test_the_second_step_is_for_whoever_gave_the_password(client, with_app):
    secret, _paper = with_app
    step = reverse("mfa_authenticate")
    assert client.get(step).url == reverse("account_login")
    assert client.post(step, {"code": code_of(secret)}).url == reverse("account_login")
    sign_in(client)
    assert client.get(step).status_code == 200
    assert client.post(step, {"stop": "yes"}).url == reverse("account_login")
    assert client.get(step).url == reverse("account_login")


def test_signing_in_anew_instead_of_giving_a_code(client, with_app, colleague):
    sign_in(client)
    colleague.set_password(PASSWORD)
    colleague.save()
    typed = {"login": colleague.username, "password": PASSWORD}
    assert client.post(reverse("account_login"), typed).url == reverse("home")
    assert client.session["_auth_user_id"] == str(colleague.pk)


@pytest.mark.parametrize("somebody_else_is_in", [False, True])
def test_words_that_wait_come_through_the_second_step(
    client, with_app, wren, person, colleague, somebody_else_is_in, settings
):
    secret, _paper = with_app
    where = reverse("give_opinion", args=[person.pk])
    waits = carry(Words(where, [("reasons", "Words of a good length, invented.")]), wren.pk)
    if somebody_else_is_in:
        colleague.set_password(PASSWORD)
        colleague.save()
        theirs = {"login": colleague.username, "password": PASSWORD}
        client.post(reverse("account_login"), theirs)
        set_up_app(client)
    step = sign_in(client, carried=waits)
    assert waits in step.content.decode()
    assert "Words of a good length" not in step.content.decode()
    wrong = client.post(reverse("mfa_authenticate"), {"code": "1", "carried": waits})
    assert waits in wrong.content.decode()
    typed = {"code": code_of(secret), "carried": waits}
    back = client.post(reverse("mfa_authenticate"), typed)
    assert "Words of a good length, invented." in back.content.decode()
    assert client.session["_auth_user_id"] == str(wren.pk)


def test_words_wait_on_the_sign_in_page_when_the_second_step_took_too_long(client, with_app, wren):
    waits = carry(Words("/people/", [("q", "x")]), wren.pk)
    late = client.post(reverse("mfa_authenticate"), {"code": "1", "carried": waits})
    assert late.status_code == 401
    assert waits in late.content.decode()
