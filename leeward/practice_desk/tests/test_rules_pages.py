"""The pages of the rules, birthdays that come, and what to do how soon."""

import datetime as dt
import html
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from leeward.accounts.factories import WorkerFactory
from leeward.administration.factories import AdministratorFactory
from leeward.core.agency_time import today
from leeward.law.duties import urgency_steps
from leeward.law.listing import listed
from leeward.legal.factories import DutyFactory, RuleChangeFactory
from leeward.legal.models import RuleChange
from leeward.people.factories import AssignmentFactory, YoungPersonFactory
from leeward.placements.factories import PlacementFactory
from leeward.practice_desk.queries.rules import TABLES

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
ASK = reverse("rule_ask", args=["missing_steps", "police"])
LAW = reverse("rule_ask", args=["prompts", "report-now"])


def browser_of(worker):
    browser = Client()
    browser.force_login(worker)
    browser.get(reverse("home"))
    return browser


@pytest.fixture
def office(agency):
    return browser_of(AdministratorFactory(agency=agency))


@pytest.fixture
def officer(agency):
    return browser_of(WorkerFactory(agency=agency, role="privacy_officer"))


def text(answer, status=200):
    assert answer.status_code == status
    return html.unescape(" ".join(answer.content.decode().split()))


def test_every_row_stands_with_its_source_and_every_table_has_a_heading(desk):
    page = text(desk.get(reverse("rules")))
    for one in listed():
        assert one.row.text.en in page
        assert one.row.source in page
    assert set(TABLES) == {one.table for one in listed()}
    assert "Ask for a change" not in page


def test_asked_by_one_agreed_by_another_and_shown_against_the_shipped_text(
    office, officer, desk, agency
):
    given = {"what": "time", "number": "30", "reason": "Our protocol"}
    assert office.post(ASK, given).url == reverse("rules")
    change = RuleChange.objects.get()
    here = reverse("rule_change", args=[change.pk])
    assert here in text(officer.get(reverse("rules")))
    assert office.post(here, {"answer": "agree"}).status_code == 403
    assert desk.post(here, {"answer": "agree"}).status_code == 403
    text(officer.post(here, {"answer": "what"}), 422)
    assert "Our protocol" in text(officer.get(here))
    assert officer.post(here, {"answer": "agree"}).url == reverse("rules")
    page = text(desk.get(reverse("rules")))
    assert "Set to 60 minutes." in page
    assert "Here: Another time limit</b> 30 minutes" in page
    text(officer.post(here, {"answer": "agree"}), 422)
    out = io.StringIO()
    call_command("rules", "list", "--agency", agency.name, stdout=out)
    assert "within is 30 (shipped: 60)." in out.getvalue()
    assert "Asked by Robin Pretend, agreed by" in out.getvalue()


def test_the_list_of_an_agency_says_what_it_added_and_switched_off(agency):
    said = {"words_en": "Call our night line.", "words_fr": "Appelez notre ligne de nuit."}
    made = {"asked_by__agency": agency, "agreed": True}
    RuleChangeFactory(**made, rule="prompts/report-now", kind="statute", what="guidance", **said)
    RuleChangeFactory(**made, rule="missing_steps/guardian", what="off")
    RuleChangeFactory(**made, rule="missing_steps/community", what="words", **said)
    out = io.StringIO()
    call_command("rules", "list", "--agency", agency.name, "--lang", "fr", stdout=out)
    assert f"{agency.name} ajoute\u00a0: Appelez notre ligne de nuit." in out.getvalue()
    assert f"{agency.name}\u00a0: désactivé." in out.getvalue()
    assert f"{agency.name} dit\u00a0: Appelez notre ligne de nuit." in out.getvalue()
    with pytest.raises(CommandError, match="No agency is called"):
        call_command("rules", "list", "--agency", "Nobody Example")


def test_the_law_offers_no_way_out_and_a_mistake_keeps_what_was_typed(office):
    page = text(office.get(LAW))
    assert "This is the law." in page
    assert 'value="off"' not in page
    assert 'value="words"' not in page
    given = {"what": "guidance", "words_en": "Call our own line.", "reason": "It is staffed"}
    page = text(office.post(LAW, given), 422)
    assert "Write it in both languages" in page
    assert "Call our own line." in page
    text(office.post(LAW, given | {"what": "off"}), 422)
    page = text(office.post(ASK, {"what": "time", "number": "soon", "reason": "x"}), 422)
    assert "Give a whole number" in page
    turning = reverse("rule_ask", args=["turning", "turning-16-report"])
    page = text(office.post(turning, {"what": "time", "number": "9", "reason": "x"}), 422)
    assert "can only be made stricter" in page
    assert not RuleChange.objects.exists()
    assert office.post(ASK, given | {"words_fr": "Appelez."}).status_code == 302
    assert "waits already" in text(office.post(ASK, given | {"words_fr": "Appelez."}), 422)
    assert office.get(reverse("rule_ask", args=["prompts", "nothing"])).status_code == 404


def test_another_agency_knows_nothing_of_it(desk, outsider):
    change = RuleChangeFactory()
    assert desk.get(reverse("rule_change", args=[change.pk])).status_code == 404
    assert change.rule not in text(desk.get(reverse("rules")))


@pytest.mark.parametrize("level", ["now", "today", "routine"])
def test_what_to_do_in_what_order_with_its_sources(desk, agency, level):
    RuleChangeFactory(
        asked_by__agency=agency, agreed=True, rule=f"urgency_steps/{urgency_steps(level)[0].id}",
        what="guidance", words_en="Our night line: ask for Ilo Sample.", words_fr="La nuit : Ilo.",
    )  # fmt: skip
    page = text(desk.get(reverse("urgency", args=[level])))
    places = [page.index(one.text.en) for one in urgency_steps(level)]
    assert places == sorted(places)
    assert all(one.source in page for one in urgency_steps(level))
    assert "Our night line: ask for Ilo Sample." in page
    assert desk.get(reverse("urgency", args=["soon"])).status_code == 404


def test_what_may_stay_on_a_device_is_the_tables_and_names_nobody(desk, agency, wren):
    RuleChangeFactory(
        asked_by__agency=agency, agreed=True, rule=f"urgency_steps/{urgency_steps('now')[0].id}",
        what="guidance", words_en="Our night line: ask for Ilo Sample.", words_fr="La nuit : Ilo.",
    )  # fmt: skip
    page = desk.get(reverse("urgency", args=["now"]))
    kept = html.unescape(page.context["kept"])
    for level in ("now", "today", "routine"):
        assert all(one.text.en in kept for one in urgency_steps(level))
    for told in ("Ilo Sample", agency.name, wren.display_name, wren.initial_name):
        assert told in text(page)
        assert told not in kept
    script = desk.get(reverse("urgency_offline"))
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert f'KEPT = "{reverse("urgency_kept")}"' in text(script)
    assert desk.get(reverse("urgency_kept")).url == reverse("urgency", args=["now"])


def test_what_to_do_is_one_tap_from_a_duty_which_says_what_the_agency_adds(desk, person, agency):
    said = {"words_en": "Call our own line.", "words_fr": "Appelez notre ligne."}
    made = {"asked_by__agency": agency, "agreed": True, "what": "guidance", "kind": "statute"}
    RuleChangeFactory(**made, rule="prompts/report-now", **said)
    RuleChangeFactory(**made, rule="agency_kinds/police", words_en="Other", words_fr="Autre")
    duty = DutyFactory(observation__person=person)
    page = text(desk.get(reverse("duty", args=[duty.pk])))
    assert reverse("urgency", args=["today"]) in page
    assert "Call our own line." in page
    assert "Other" not in page


def test_birthdays_that_come_stand_on_home_and_on_their_page(desk, person, wren, agency):
    soon = today() + dt.timedelta(days=20)
    person.born = dt.date(soon.year - 16, soon.month, min(soon.day, 28)).isoformat()
    person.save()
    unknown = YoungPersonFactory(agency=agency, born="", name_used="Ilo Sample")
    AssignmentFactory(person=unknown, worker=wren)
    page = text(desk.get(reverse("home")))
    assert f"{person.name_used} turns 16" in page
    assert "A parent or a society no longer decides" in page
    assert "nothing can be seen ahead for: <a" in page
    assert "Ilo Sample" in page
    page = text(desk.get(reverse("about", args=[person.pk])))
    assert "<b>Turns 16</b>" in page
    assert "[CYFSA" not in page
    assert "CYFSA s.77" in page
    page = text(desk.get(reverse("about", args=[unknown.pk])))
    assert "No birth date is written" in page


def test_a_year_says_the_earliest_and_the_latest(desk, person):
    person.born = str(today().year - 15)
    person.save()
    PlacementFactory(person=person, kind="residence")
    page = text(desk.get(reverse("about", args=[person.pk])))
    assert "A transition conference is due" in page
    assert "at the latest" in page
    assert "If they are in care" not in page


def test_an_agencys_time_is_when_a_birthday_is_seen(desk, person, agency):
    day = today() + dt.timedelta(days=120)
    person.born = dt.date(day.year - 16, day.month, min(day.day, 28)).isoformat()
    person.save()
    assert "Turns 16" not in text(desk.get(reverse("about", args=[person.pk])))
    RuleChangeFactory(
        asked_by__agency=agency, agreed=True, rule="turning/turning-16-report", kind="statute",
        number=150, answered_at=timezone.now(),
    )  # fmt: skip
    assert "Turns 16" in text(desk.get(reverse("about", args=[person.pk])))


def test_home_asks_the_database_as_often_for_two_as_for_nine(
    desk, agency, wren, django_assert_num_queries
):
    def more(count):
        for _ in range(count):
            made = YoungPersonFactory(agency=agency, born=f"{today().year - 16}")
            AssignmentFactory(person=made, worker=wren)
            PlacementFactory(person=made)

    more(2)
    desk.get(reverse("home"))
    with CaptureQueriesContext(connection) as few:
        desk.get(reverse("home"))
    more(7)
    with django_assert_num_queries(len(few)):
        desk.get(reverse("home"))
