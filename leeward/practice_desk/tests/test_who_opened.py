"""Who opened a file, for supervisors: by day, in plain words."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from leeward.access.actors import actor_for
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow
from leeward.audit.tests.tamper import without_triggers
from leeward.practice_desk.queries import opened
from leeward.practice_desk.queries.opened import who_opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(client, supervisor):
    client.force_login(supervisor)
    return client


def did(worker, person, action="file.open", **options):
    return audit.record(by=actor_for(worker), action=action, subject=person.pk, **options)


def text_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def dated(row, at):
    """As if the row had been written then."""
    with without_triggers() as cursor:
        cursor.execute("UPDATE audit_auditrow SET at = %s WHERE id = %s", [at, row.pk])


def told(person, **options):
    """What and who, day by day."""
    with translation.override("en"):
        return [
            [(str(each.who), str(each.what)) for each in day.openings]
            for day in who_opened(person, **options).days
        ]


def test_a_supervisor_reads_who_opened_and_printed(chief, person, wren, colleague, supervisor):
    did(wren, person)
    did(wren, person, purpose="timeline")
    did(wren, person, "file.print")
    did(colleague, person, "file.break_glass")
    text = text_of(chief.get(reverse("who_opened", args=[person.pk])))
    assert f"{wren.display_name} opened the file" in text
    assert f"{wren.display_name} printed from the file" in text
    assert "Jo Made-Up opened the file in an emergency, with a reason" in text
    # Reading this page is opening the file, and stands on it.
    assert f"{supervisor.display_name} opened the file" in text


def test_a_row_a_visit_and_not_a_row_a_page(person, wren, colleague):
    for purpose in ("overview", "timeline", "plan"):
        did(wren, person, purpose=purpose)
    did(colleague, person)
    did(wren, person)
    assert told(person) == [
        [
            (wren.display_name, "opened the file"),
            ("Jo Made-Up", "opened the file"),
            (wren.display_name, "opened the file"),
        ]
    ]


def test_refusals_lists_and_other_files_are_not_openings(person, wren, colleague):
    did(colleague, person, outcome=AuditRow.Outcome.REFUSED)
    audit.record(by=actor_for(colleague), action="people.find", shown=[person.pk])
    audit.record(by=actor_for(colleague), action="file.open", subject=wren.pk)
    assert told(person) == []


def test_days_are_the_agencys_own(person, wren):
    with timezone.override("America/Toronto"):
        late = dt.datetime(2026, 3, 2, 3, 30, tzinfo=dt.UTC)
        dated(did(wren, person), late)
        dated(did(wren, person), late + dt.timedelta(hours=2))
        days = who_opened(person).days
    assert [day.on for day in days] == [dt.date(2026, 3, 2), dt.date(2026, 3, 1)]


def test_a_long_history_goes_on_on_another_page_and_asks_no_more(
    chief, person, wren, colleague, monkeypatch
):
    url = reverse("who_opened", args=[person.pk])
    did(wren, person)
    chief.get(url)
    with CaptureQueriesContext(connection) as short:
        chief.get(url)
    for _turn in range(6):
        did(wren, person)
        did(colleague, person)
    with CaptureQueriesContext(connection) as long:
        chief.get(url)
    assert len(long) == len(short)
    monkeypatch.setattr(opened, "MOST_ROWS", 5)
    page = who_opened(person)
    assert sum(len(day.openings) for day in page.days) <= 5
    first = AuditRow.objects.filter(subject_id=person.pk).latest("id").pk
    assert page.earlier == first - 4
    assert f"?before={page.earlier + 1}" in chief.get(url).content.decode()
    assert told(person, before=page.earlier)


@pytest.mark.parametrize("before", ["", "x", "-1", "9" * 30, "٣"])
def test_an_odd_address_begins_at_the_newest(chief, person, before):
    response = chief.get(reverse("who_opened", args=[person.pk]), {"before": before})
    assert "opened the file" in text_of(response)


def test_about_leads_there_for_a_supervisor_alone(client, chief, person, wren):
    url = reverse("who_opened", args=[person.pk])
    about = reverse("about", args=[person.pk])
    assert f'href="{url}"' in chief.get(about).content.decode()
    client.force_login(wren)
    assert f'href="{url}"' not in client.get(about).content.decode()
    assert client.get(url).status_code == 403
