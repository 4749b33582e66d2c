import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leeward.audit.models import AuditRow
from leeward.core.agency_time import today
from leeward.missing.factories import EpisodeFactory
from leeward.observations.actions import Seen, give_opinion, record_observation
from leeward.observations.factories import signs_of_one_stage
from leeward.observations.queries import current_model
from leeward.people.actions import add_strengths, keep_own_words, record_contact
from leeward.people.factories import YoungPersonFactory
from leeward.plans.actions import Said, Shared, tell_how_it_went, write_new

PERSON_PAGES = [
    "overview",
    "timeline",
    "signs",
    "way",
    "plan",
    "time_away",
    "about",
    "record",
    "give_opinion",
    "plan_write",
    "add_step",
    "details",
    "safe_contact",
    "add_contact",
    "describe",
    "add_strengths",
    "move",
    "turn_file",
]
OTHER_PAGES = ["home", "people", "find", "record_for_whom", "duties"]


def live_a_while(actor, person, rounds):
    """A file with `rounds` of everything in it."""
    signs = signs_of_one_stage(2)
    stage = next(iter(current_model().stages))
    for number in range(rounds):
        record_observation(
            by=actor,
            person=person,
            seen=Seen(
                text=f"note {number}",
                own_words="I fixed it",
                good_news="back in class",
                on=(today() - dt.timedelta(days=number)).isoformat(),
                findings=dict.fromkeys(signs, "present"),
                harm="possible",
            ),
        )
        give_opinion(
            by=actor, person=person, stage=stage, reasons="what I saw", confidence="fairly"
        )
        add_strengths(by=actor, person=person, texts=["patient"])
        keep_own_words(by=actor, person=person, text="a door that locks", said_on=today())
        record_contact(by=actor, person=person, how="in_person", on=today())
        step = add_step(actor, person, Said("open an account", due_on=today())).item
        if number % 2:
            tell_how_it_went(by=actor, item=step, kind="done")
        start = dt.date(2024, 1, 1) + dt.timedelta(days=10 * number)
        EpisodeFactory(
            person=person, recorded_by_id=actor.id, since=start, until=start + dt.timedelta(days=2)
        )
        write_new(
            by=actor,
            person=person,
            section="want",
            said=Said(f"a key {number}"),
            shared=Shared(),
        )


def add_step(actor, person, said):
    return write_new(by=actor, person=person, section="step", said=said, shared=Shared())


def queries_of(client, url):
    with CaptureQueriesContext(connection) as seen:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(seen)


@pytest.mark.parametrize("name", PERSON_PAGES)
def test_page_of_a_person_query_count_stays_the_same_as_the_file_grows(desk, actor, person, name):
    url = reverse(name, args=[person.pk])
    live_a_while(actor, person, 2)
    desk.get(url)  # whatever is cached once in a process
    few = queries_of(desk, url)
    live_a_while_more(actor, person)
    assert queries_of(desk, url) <= few


def live_a_while_more(actor, person):
    signs = signs_of_one_stage(3)
    for number in range(12):
        record_observation(
            by=actor,
            person=person,
            seen=Seen(
                text=f"more {number}", findings=dict.fromkeys(signs, "absent"), harm="possible"
            ),
        )
        add_step(actor, person, Said(f"step {number}"))
        record_contact(by=actor, person=person, how="tried", on=today())


@pytest.mark.parametrize("name", OTHER_PAGES)
def test_page_query_count_stays_the_same_as_people_come(desk, actor, wren, agency, person, name):
    live_a_while(actor, person, 1)
    url = reverse(name)
    desk.get(url)
    few = queries_of(desk, url)
    for _number in range(5):
        another = YoungPersonFactory(agency=agency, opened_by=wren, team=[wren])
        live_a_while(actor, another, 1)
    assert queries_of(desk, url) <= few


@pytest.mark.parametrize("name", PERSON_PAGES)
def test_page_of_a_person_get_writes_its_audit_row_and_nothing_else(
    desk, actor, person, name, assert_get_writes_only_audit
):
    live_a_while(actor, person, 1)
    response = assert_get_writes_only_audit(desk, reverse(name, args=[person.pk]))
    assert response.status_code == 200
    row = AuditRow.objects.latest("id")
    assert row.subject_id == person.pk
    assert row.purpose == name


@pytest.mark.parametrize("name", OTHER_PAGES)
def test_page_get_writes_only_audit(desk, person, name, assert_get_writes_only_audit):
    assert assert_get_writes_only_audit(desk, reverse(name)).status_code == 200


@pytest.mark.parametrize("name", PERSON_PAGES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_page_in_each_language_says_so_and_keeps_names_out_of_its_title(
    desk, person, name, language
):
    response = desk.get(reverse(name, args=[person.pk]), {"lang": language})
    page = response.content.decode()
    assert f'<html lang="{language}-CA">' in page
    title = page[page.index("<title>") : page.index("</title>")]
    assert person.name_used not in title
    other = "fr" if language == "en" else "en"
    assert f'hreflang="{other}"' in page


def test_page_without_a_cookie_speaks_the_workers_language(client, person, wren):
    wren.language = "fr"
    wren.save()
    client.force_login(wren)
    assert b'<html lang="fr-CA">' in client.get(reverse("home")).content


def test_page_is_never_stored_by_the_browser(desk, person):
    response = desk.get(reverse("overview", args=[person.pk]))
    assert response.headers["Cache-Control"] == "no-store, private"


def test_page_policy_allows_no_inline_script_and_nothing_from_elsewhere(desk, person):
    policy = desk.get(reverse("overview", args=[person.pk])).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_overview_begins_with_the_young_persons_words(desk, actor, person):
    keep_own_words(by=actor, person=person, text="a door that locks", said_on=today())
    page = desk.get(reverse("overview", args=[person.pk])).content.decode()
    words = page.index("a door that locks")
    assert words < page.index('id="due"')
    assert words < page.index('id="stand"')


def test_people_page_lists_a_workers_own_and_a_supervisors_team(client, desk, person, supervisor):
    assert person.name_used in desk.get(reverse("people")).content.decode()
    client.force_login(supervisor)
    assert person.name_used not in client.get(reverse("people")).content.decode()
    whole = client.get(reverse("people"), {"whose": "team"}).content.decode()
    assert person.name_used in whole


def test_people_page_of_the_agency_is_not_for_a_worker(client, colleague, person):
    client.force_login(colleague)
    page = client.get(reverse("people"), {"whose": "agency"}).content.decode()
    assert person.name_used not in page


def test_home_lists_who_has_not_been_seen_in_person(desk, actor, person):
    type(person).objects.filter(pk=person.pk).update(
        opened_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    )
    record_contact(by=actor, person=person, how="tried", on=today())
    assert person.name_used in desk.get(reverse("home")).content.decode()
    record_contact(by=actor, person=person, how="in_person", on=today())
    assert person.name_used not in desk.get(reverse("home")).content.decode()
