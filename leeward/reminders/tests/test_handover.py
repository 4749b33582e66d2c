"""What whoever covers reads: what matters first, and only of files they may open."""

import datetime as dt

import pytest
from django.urls import reverse

from leeward.access.actors import actor_for
from leeward.accounts.factories import WorkerFactory
from leeward.audit.models import AuditRow
from leeward.audit.traces import as_printed
from leeward.conferences.after.actions import NotTheirs, how_it_went
from leeward.conferences.factories import DecisionFactory
from leeward.core.agency_time import today
from leeward.legal.factories import DutyFactory
from leeward.missing.factories import EpisodeFactory
from leeward.people.factories import (
    ConflictLockFactory,
    CoverFactory,
    CoverWordsFactory,
    YoungPersonFactory,
)
from leeward.people.models import YoungPerson
from leeward.plans.factories import ItemVersionFactory, SafetyReviewFactory
from leeward.plans.tests.copies import squashed, text_of
from leeward.reminders.handover.queries import handed_over
from leeward.reminders.queries import needed

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def cover(agency, person, wren):
    noor = WorkerFactory(agency=agency, display_name="Noor Sample")
    return CoverFactory(person=person, worker=noor, away=wren)


@pytest.fixture
def noor(cover):
    return actor_for(cover.worker)


def page(client, worker):
    client.force_login(worker)
    return client.get(reverse("covering")).content.decode()


def test_what_needs_the_one_who_is_away_needs_whoever_covers(agency, person, wren, noor):
    other = YoungPersonFactory(agency=agency, opened_by=wren, team=[wren])
    task = DecisionFactory(meeting__person=person, on_a_desk=True, due_on=today() - DAY)
    for each in (person, other):
        DutyFactory(observation__person=each)
        SafetyReviewFactory(person=each, on=today())
    DecisionFactory(meeting__person=other, on_a_desk=True, due_on=today() - DAY)
    assert task.owner_id == wren.pk
    found = needed(noor)
    assert {each.person for each in found} == {person}
    assert [each.rule.id for each in found] == ["duty", "meeting-task", "plan-review"]


def test_a_task_that_another_of_the_team_took_on_is_not_theirs(person, noor, colleague):
    DecisionFactory(meeting__person=person, owner=colleague, owner_name="", due_on=today())
    assert needed(noor) == []


def test_whoever_covers_says_how_a_task_went_of_the_one_who_is_away_alone(
    person, cover, noor, colleague
):
    of_wren = DecisionFactory(meeting__person=person, on_a_desk=True)
    of_another = DecisionFactory(meeting__person=person, owner=colleague, owner_name="")
    with pytest.raises(NotTheirs):
        how_it_went(by=noor, decision=of_another, kind="done")
    assert how_it_went(by=noor, decision=of_wren, kind="done").recorded_by_id == noor.id


def test_the_page_says_what_matters_first_then_each_by_name(client, agency, person, wren, cover):
    YoungPerson.objects.filter(pk=person.pk).update(opened_at=person.opened_at)
    zed = YoungPersonFactory(agency=agency, opened_by=wren, team=[wren], name_used="Zed Sample")
    ada = YoungPersonFactory(agency=agency, opened_by=wren, team=[wren], name_used="Ada Sample")
    for each in (zed, ada):
        CoverFactory(person=each, worker=cover.worker, away=wren)
    CoverWordsFactory(cover=cover)
    EpisodeFactory(person=zed, since=today())
    DutyFactory(observation__person=person)
    ItemVersionFactory(person_of=ada, section="missing", words="Ring my aunt first")
    ItemVersionFactory(person_of=ada, section="worse", words="Not this", sees="named")
    said = page(client, cover.worker)
    order = [
        "Missing now</h2>",
        "could a child have been harmed",
        "If nobody knows where I am</dt>",
        "Ring my aunt first",
        "Text before you come.",
        f"For {wren.display_name}, until",
    ]
    assert all(each in said for each in order)
    assert said.index(order[0]) < said.index(order[1]) < said.index('id="file-')
    headed = said[said.index('id="file-') :]
    names = sorted((each.name_used for each in (person, zed, ada)), key=str.casefold)
    assert [headed.index(f'">{each} <a href="') for each in names] == sorted(
        headed.index(f'">{each} <a href="') for each in names
    )
    # What they keep for somebody by name is not for whoever covers.
    assert "Not this" not in said


def test_it_shows_nothing_of_a_file_that_is_locked_or_whose_cover_is_over(
    client, person, wren, cover, supervisor
):
    assert person.name_used in page(client, cover.worker)
    ConflictLockFactory(person=person, worker=cover.worker, set_by=supervisor)
    said = page(client, cover.worker)
    assert person.name_used not in said
    assert "You cover for nobody now." in said


def test_whoever_is_away_reads_who_covers_and_what_was_written(client, person, wren, cover):
    CoverWordsFactory(cover=cover)
    said = page(client, wren)
    assert "Noor Sample covers until" in said
    assert "Text before you come." in said
    assert reverse("cover_first", args=[person.pk, cover.pk]) in said


def test_reading_it_is_recorded_with_whose_names_it_showed(
    assert_get_writes_only_audit, client, person, cover
):
    client.force_login(cover.worker)
    assert_get_writes_only_audit(client, reverse("covering"))
    assert AuditRow.objects.get(purpose="covering").shown == [str(person.pk)]


def test_a_supervisor_reads_who_covers_and_the_worker_the_same(
    client, person, wren, supervisor, cover
):
    for worker, name in ((supervisor, "my_team"), (wren, "seen_of_me")):
        client.force_login(worker)
        said = client.get(reverse(name)).content.decode()
        assert "Noor Sample covers until" in said
        assert person.name_used in said
    assert handed_over(actor_for(supervisor)).files == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_goes_on_paper_with_a_code_that_is_in_the_audit(client, person, wren, cover, language):
    CoverWordsFactory(cover=cover, words="{day} is a word of hers")
    DutyFactory(observation__person=person)
    ItemVersionFactory(person_of=person, section="missing", words="Ring my aunt first")
    DecisionFactory(meeting__person=person, on_a_desk=True, what="Find a drum", due_on=today())
    client.force_login(cover.worker)
    pdf = client.get(reverse(f"covering_copy_{language}"))
    assert person.name_used not in pdf.headers["Content-Disposition"]
    [row] = AuditRow.objects.filter(action="cover.print")
    assert row.shown == [str(person.pk)]
    text = text_of(pdf.content)
    written = (
        "{day} is a word of hers",
        "Ring my aunt first",
        "Find a drum",
        as_printed(row.trace),
    )
    for each in (*written, person.name_used, wren.display_name):
        assert squashed(each) in text
