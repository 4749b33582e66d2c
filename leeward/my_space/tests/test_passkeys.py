"""A phone that opens it without words: only where nobody else can unlock it, never for good."""

import copy
import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from leeward.audit.models import AuditRow
from leeward.entry import actions
from leeward.entry.factories import OTHER_NUMBER, OWN_NUMBER, OfferFactory, PasskeyFactory
from leeward.entry.models import Entry, Passkey, Signpost, Visit
from leeward.entry.own.actions import MOST_PHONES
from leeward.my_space.tests.conftest import come_in
from tests.device import Device

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
HERE = "http://testserver"


def ready(space, number=OWN_NUMBER, alone="no"):
    return space.post("/notes/phones/", {"alone": alone, "number": number})


def add(space, device):
    """What the script does: ask the server, ask the phone, send the form."""
    ready(space)
    asked = space.post("/notes/phones/ask/")
    assert asked.status_code == 200, "the question was not given"
    return space.post("/notes/phones/", {"credential": device.make(asked.json())})


def come_in_by(device, client=None):
    client = client or Client()
    question = client.post("/notes/phone/ask/").json()
    return client, client.post("/notes/phone/", {"credential": device.give(question)})


@pytest.fixture
def phone(own):
    """A phone that opens it."""
    device = Device(HERE)
    assert add(own, device).status_code == 200
    return device


def test_a_phone_is_added_and_opens_their_own_notebook(own, phone, person):
    assert "Added on" in own.get("/notes/phones/").content.decode()
    client, answer = come_in_by(phone)
    assert (answer.status_code, answer.url) == (302, "/notes/open/")
    assert client.get("/notes/phones/").status_code == 200
    newest = Visit.objects.order_by("-began_at").first()
    assert (newest.person_id, newest.opens, newest.borrowed) == (person.pk, Visit.OWN, False)
    rows = AuditRow.objects.filter(subject_id=person.pk)
    assert rows.filter(action="space.passkey", purpose="make").count() == 1
    assert rows.filter(action="space.come_in").count() == 2


def test_its_list_on_the_phone_names_nobody(own, person):
    ready(own)
    asked = own.post("/notes/phones/ask/").json()["publicKey"]
    assert (asked["rp"]["name"], asked["user"]["name"]) == ("Notes", "Notes")
    assert asked["user"]["displayName"] == "Notes"
    assert str(person.pk) not in str(asked)
    chosen = asked["authenticatorSelection"]
    assert (chosen["userVerification"], chosen["residentKey"]) == ("required", "required")


@pytest.mark.parametrize("alone", ["yes", "unsure"])
def test_where_somebody_else_can_unlock_it_no_question_is_given(own, alone):
    page = ready(own, alone=alone)
    assert "are safer" in page.content.decode()
    assert own.post("/notes/phones/ask/").status_code == 403


def test_the_number_is_asked_once_more_and_a_wrong_one_counts(own, person):
    assert ready(own, number=OTHER_NUMBER).status_code == 422
    assert Entry.objects.get(person=person).failures == 1
    assert own.post("/notes/phones/ask/").status_code == 403


@pytest.mark.parametrize(
    "said", [{"watched": "yes"}, {"watched": "unsure"}, {"where": "borrowed"}]
)
def test_where_the_phone_may_be_seen_it_is_not_offered_and_opens_nothing(own, phone, person, said):
    OfferFactory(person=person, **said)
    assert ready(own).status_code == 422
    assert 'name="alone"' not in own.get("/notes/phones/").content.decode()
    assert come_in_by(phone)[1].status_code == 422


def test_on_a_device_that_is_not_theirs_it_is_not_offered(space, entry):
    come_in(space, borrowed="on")
    assert ready(space).status_code == 422
    assert space.post("/notes/phones/ask/").status_code == 403


def test_from_the_second_notebook_there_is_no_such_page(other):
    for method, path in (("get", "phones/"), ("post", "phones/"), ("post", "phones/ask/")):
        answer = getattr(other, method)(f"/notes/{path}")
        assert (answer.status_code, answer.url) == (302, "/notes/open/")


def test_an_answer_is_good_once_and_for_its_own_question(phone):
    client = Client()
    question = client.post("/notes/phone/ask/").json()
    given, asked = {"credential": phone.give(question)}, client.cookies["k"].value
    assert client.post("/notes/phone/", given).status_code == 302
    again = Client()
    again.cookies["k"] = asked
    assert again.post("/notes/phone/", given).status_code == 422
    other = Client()
    other.post("/notes/phone/ask/")
    assert other.post("/notes/phone/", given).status_code == 422
    assert Client().post("/notes/phone/", given).status_code == 422


def test_an_answer_from_elsewhere_or_by_another_phone_opens_nothing(own, phone):
    stranger = Device(HERE)
    stranger.id, stranger.site = phone.id, phone.site
    elsewhere = Device("http://testserver.example")
    elsewhere.id, elsewhere.key, elsewhere.site = phone.id, phone.key, phone.site
    careless = Device(HERE, asks=False)
    careless.id, careless.key, careless.site = phone.id, phone.key, phone.site
    for each in (stranger, elsewhere, careless):
        assert come_in_by(each)[1].status_code == 422
    assert come_in_by(phone)[1].status_code == 302


@pytest.mark.parametrize(
    "sent", ["", "{}", "[]", "null", "no json", "[" * 100_000, '{"rawId": 5}', '{"rawId": "é"}']
)
def test_what_is_no_answer_opens_nothing_and_breaks_nothing(own, sent):
    client = Client()
    client.post("/notes/phone/ask/")
    assert client.post("/notes/phone/", {"credential": sent}).status_code == 422
    ready(own)
    own.post("/notes/phones/ask/")
    assert own.post("/notes/phones/", {"credential": sent}).status_code == 422
    assert not Passkey.objects.exists()


def test_it_is_taken_away_and_opens_nothing_any_more(own, phone, person):
    other_door = f"/notes/phones/{Passkey.objects.get().pk}/"
    assert own.post(other_door).status_code == 302
    assert not Passkey.objects.exists()
    assert come_in_by(phone)[1].status_code == 422
    assert set(Signpost.objects.values_list("lookup", flat=True)) == {
        Entry.objects.get(person=person).lookup,
        *Visit.objects.values_list("lookup", flat=True),
    }


def test_a_lock_holds_against_it_and_new_words_take_it_away(own, phone, person, actor, supervisor):
    Entry.objects.filter(person=person).update(locked_at=timezone.now())
    assert come_in_by(phone)[1].status_code == 422
    actions.unlock(by=actor, person=person)
    assert come_in_by(phone)[1].status_code == 302
    actions._new_words_for(person)
    assert not Passkey.objects.exists()
    assert come_in_by(phone)[1].status_code == 422


@pytest.mark.parametrize("path", ["phone/ask/", "phones/ask/"])
def test_no_question_says_back_what_was_sent(own, path):
    ready(own)

    @settings(max_examples=40)
    @given(
        method=st.sampled_from(("GET", "POST", "PUT", "DELETE", "OPTIONS", "TRACE")),
        sent=st.binary(max_size=60),
        kind=st.sampled_from(("application/json", "text/plain", "multipart/form-data", "")),
        mark=st.text(st.characters(codec="ascii", categories=("L", "N")), max_size=20),
    )
    def tries(method, sent, kind, mark):
        client = Client()
        client.cookies = copy.deepcopy(own.cookies)
        client.cookies["k"] = mark
        answer = client.generic(method, f"/notes/{path}", b"qqzorbleqq" + sent, kind)
        assert answer.status_code in {200, 405}
        assert b"qqzorbleqq" not in answer.content
        assert "qqzorbleqq" not in repr(answer.headers) + answer.cookies.output()

    tries()


def test_taking_one_away_and_a_new_number_put_out_whoever_came_in_by_it(own, phone, person):
    elsewhere, _answer = come_in_by(phone)
    own.post(f"/notes/phones/{Passkey.objects.get().pk}/")
    assert elsewhere.get("/notes/open/").status_code == 302
    assert own.get("/notes/open/").status_code == 200
    # Whoever knew the number could have added a phone of their own.
    theirs = Device(HERE)
    add(own, theirs)
    assert come_in_by(theirs)[1].status_code == 302
    new = {"old": OWN_NUMBER, "number": "8350274", "again": "8350274"}
    assert own.post("/notes/number/", new).status_code == 200
    assert not Passkey.objects.exists()
    assert come_in_by(theirs)[1].status_code == 422


def test_pressed_twice_on_a_slow_line_it_is_one_phone(own):
    ready(own)
    question = own.post("/notes/phones/ask/").json()
    given, kept = {"credential": Device(HERE).make(question)}, copy.deepcopy(own.cookies)
    for _ in range(2):
        own.cookies = copy.deepcopy(kept)
        assert own.post("/notes/phones/", given).status_code == 200
    assert Passkey.objects.count() == 1


def test_what_one_phone_called_it_is_taken_from_nobody(own, phone):
    stranger = PasskeyFactory(name="a stranger's phone")
    copied = Device(HERE)
    copied.id = b"a stranger's phone"
    assert add(own, copied).status_code == 422
    assert Passkey.objects.get(pk=stranger.pk).person_id == stranger.person_id
    assert Passkey.objects.count() == 2


def test_no_more_phones_are_added_than_may_be_looked_over(own, person):
    for nth in range(MOST_PHONES):
        PasskeyFactory(person=person, name=f"phone {nth}")
    assert "No more phones" in own.get("/notes/phones/").content.decode()
    assert ready(own).status_code == 422


def test_a_question_holds_a_few_minutes(phone, monkeypatch):
    client = Client()
    question = client.post("/notes/phone/ask/").json()
    monkeypatch.setattr("leeward.entry.passkeys.ASKED_FOR", dt.timedelta(seconds=-1))
    assert client.post("/notes/phone/", {"credential": phone.give(question)}).status_code == 422


def test_another_visit_cannot_answer_what_this_one_was_asked(own, entry):
    ready(own)
    question = own.post("/notes/phones/ask/").json()
    second = Client()
    come_in(second)
    second.cookies["k"], second.cookies["m"] = own.cookies["k"].value, own.cookies["m"].value
    made = {"credential": Device(HERE).make(question)}
    assert second.post("/notes/phones/", made).status_code == 422
    assert second.post("/notes/phones/ask/").status_code == 403
    assert not Passkey.objects.exists()
