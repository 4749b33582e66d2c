import re

import pytest
from django.urls import reverse

from leeward.audit.models import AuditRow
from leeward.audit.queries import openings_of
from leeward.core.agency_time import today
from leeward.legal.factories import DutyFactory
from leeward.missing.actions import went_missing
from leeward.observations.factories import ObservationFactory
from leeward.people.models import FileEvent, YoungPerson

SAFE = {"channel": "text only", "watched": "yes", "code_word": "blue canoe"}


def hidden(page, name):
    """The value of a hidden field of a page; empty when it has none."""
    found = re.search(rf'<input type="hidden" name="{name}"(?: value="([^"]*)")?', page)
    assert found, f"no hidden field {name}"
    return found[1] or ""


def filled(desk, person, page, name, typed):
    """What a page opened now would post, with `typed` in it."""
    url = reverse(page, args=[person.pk])
    return typed | {name: hidden(desk.get(url).content.decode(), name)}


FORMS = [
    *("details", "safe_contact", "describe", "plan_write", "add_strengths", "record"),
    *("give_opinion", "move", "turn_file", "add_contact", "add_step"),
]


@pytest.mark.parametrize("name", FORMS)
def test_a_form_page_that_shows_the_file_opens_it(desk, person, name):
    desk.get(reverse(name, args=[person.pk]))
    assert openings_of(person.pk).get().purpose == name


@pytest.mark.parametrize("name", ["correct", "explain", "pin"])
def test_a_form_page_about_a_note_opens_the_file(desk, person, name):
    note = ObservationFactory(person=person)
    desk.get(reverse(name, args=[person.pk, note.pk]))
    assert openings_of(person.pk).get().purpose == name


def test_looking_at_a_form_writes_nothing_and_says_so(desk, person):
    desk.get(reverse("details", args=[person.pk]))
    assert not AuditRow.objects.filter(action="file.write").exists()


def test_a_stale_safe_contact_is_shown_beside_the_newer_one_and_not_used(desk, person):
    url = reverse("safe_contact", args=[person.pk])
    base = SAFE | {"confirmed_on": today().isoformat()}
    old = filled(desk, person, "safe_contact", "filled_from", base | {"watched": "no"})
    newer = filled(desk, person, "safe_contact", "filled_from", base)
    assert desk.post(url, newer).status_code == 302
    answer = desk.post(url, old)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "What you typed" in page
    assert "What was saved meanwhile" in page
    assert person.safe_contacts.get().watched == "yes"
    again = old | {"filled_from": hidden(page, "filled_from")}
    assert desk.post(url, again).status_code == 302
    about = desk.get(reverse("about", args=[person.pk])).content.decode()
    assert "Earlier" in about
    assert person.safe_contacts.count() == 2


def test_a_stale_description_blanks_nothing_and_earlier_ones_stand_on_about(desk, person):
    url = reverse("describe", args=[person.pk])
    old = filled(desk, person, "describe", "filled_from", {"hair": "long"})
    newer = filled(desk, person, "describe", "filled_from", {"medicines": "INSULIN"})
    assert desk.post(url, newer).status_code == 302
    answer = desk.post(url, old)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "INSULIN" in page
    assert person.descriptions.get().medicines == "INSULIN"
    desk.post(url, old | {"filled_from": hidden(page, "filled_from")})
    about = desk.get(reverse("about", args=[person.pk])).content.decode()
    assert "INSULIN" in about


def test_a_stale_close_does_not_open_the_file_again(desk, person):
    url = reverse("turn_file", args=[person.pk])
    typed = filled(desk, person, "turn_file", "to", {"reason": "moved away"})
    assert typed["to"] == "closed"
    assert desk.post(url, typed).status_code == 302
    answer = desk.post(url, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody has already closed this file" in page
    assert "moved away" in page
    assert YoungPerson.objects.get(pk=person.pk).state == "closed"
    assert FileEvent.objects.filter(person=person).count() == 1
    typed = filled(desk, person, "turn_file", "to", {"reason": "asked for us"})
    assert typed["to"] == "open"
    desk.post(url, typed)
    answer = desk.post(url, typed)
    assert "Somebody has already opened this file again" in answer.content.decode()


def test_closing_says_nothing_about_a_way_means_nothing_is_turned(desk, person):
    url = reverse("turn_file", args=[person.pk])
    assert desk.post(url, {"reason": "moved away"}).status_code == 422
    assert YoungPerson.objects.get(pk=person.pk).state == "open"


@pytest.mark.parametrize("page", ["details", "open_file"])
def test_too_many_names_are_refused_in_words_and_quickly(desk, person, page):
    names = "\n".join(f"Name {n}" for n in range(13))
    url = reverse(page, args=[person.pk] if page == "details" else [])
    typed = {"name_used": "Zed", "other_names": names, "version": "1", "likeness": "1"}
    answer = desk.post(url, typed)
    assert answer.status_code == 422
    assert "12 lines" in answer.content.decode()
    answer = desk.post(url, typed | {"other_names": "x" * 201})
    assert answer.status_code == 422
    assert "200 letters" in answer.content.decode()
    assert YoungPerson.objects.count() == 1


def test_too_many_strengths_are_refused_in_words(desk, person):
    many = "\n".join("kind" for _n in range(200))
    answer = desk.post(reverse("add_strengths", args=[person.pk]), {"strengths": many})
    assert answer.status_code == 422
    assert not person.strengths.exists()


def test_home_leads_a_draft_of_a_correction_to_the_correction(desk, person):
    note = ObservationFactory(person=person)
    draft = reverse("draft", args=[person.pk, f"correct-{note.pk}"])
    assert desk.post(draft, {"text": "not on Monday"}).status_code == 204
    home = desk.get(reverse("home")).content.decode()
    assert reverse("correct", args=[person.pk, note.pk]) in home
    assert reverse("record", args=[person.pk]) not in home


def test_who_is_missing_stays_on_home_when_the_file_is_closed(desk, actor, person):
    went_missing(by=actor, person=person, since=today())
    url = reverse("turn_file", args=[person.pk])
    assert "still recorded as missing" in desk.get(url).content.decode()
    desk.post(url, filled(desk, person, "turn_file", "to", {"reason": "moved away"}))
    home = desk.get(reverse("home")).content.decode()
    assert reverse("time_away", args=[person.pk]) in home


def test_a_refused_duty_is_recorded_with_the_duty_it_was(client, colleague, person):
    duty = DutyFactory(observation__person=person)
    client.force_login(colleague)
    assert client.get(reverse("duty", args=[duty.pk])).status_code == 404
    row = AuditRow.objects.get(outcome="refused")
    assert (row.actor_id, row.subject_id) == (colleague.pk, duty.pk)


def test_a_file_opened_from_an_older_page_shows_whoever_came_since(desk, person):
    typed = {"name_used": "Noeli"}
    page = desk.post(reverse("open_file"), typed).content.decode()
    shown = re.findall(r'name="shown" value="([^"]+)"', page)
    assert shown == [str(person.pk)]
    confirmed = typed | {"none_of_these": "yes", "shown": shown}
    assert desk.post(reverse("open_file"), confirmed).status_code == 302
    again = desk.post(reverse("open_file"), confirmed)
    assert again.status_code == 200
    assert YoungPerson.objects.count() == 2
