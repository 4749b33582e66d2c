import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from leeward.access.actors import actor_for
from leeward.access.rules import NotAllowed
from leeward.audit.queries import openings_of
from leeward.core.agency_time import today
from leeward.people import actions, queries
from leeward.people.factories import (
    AssignmentFactory,
    ContactFactory,
    SafeContactFactory,
    YoungPersonFactory,
)
from leeward.people.models import Assignment, OwnWords, SearchToken, YoungPerson
from leeward.people.opening import NameMissing, TooManyNames, tokens_for
from leeward.people.standing import actions as standing

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 3, 10)


@pytest.fixture
def chief(supervisor):
    return actor_for(supervisor)


def test_a_file_opens_with_strengths_own_words_and_whoever_opened_it(actor, wren):
    person = actions.open_file(
        by=actor,
        name_used="  Sélu7 ",
        strengths=["draws", " ", "kind to small ones"],
        own_words="Call me Sélu.",
        reason="met at the drop-in",
        details={"born": "2010", "other_names": ["Selu Example"]},
    )
    assert (person.name_used, person.born, person.state) == ("Sélu7", "2010", "open")
    assert [each.text for each in queries.strengths(person)] == ["draws", "kind to small ones"]
    assert OwnWords.objects.get(person=person).text == "Call me Sélu."
    assert [each.worker for each in queries.team(person)] == [wren]
    assert [(each.kind, each.reason) for each in queries.file_events(person)] == [
        ("opened", "met at the drop-in")
    ]
    assert [match.person for match in queries.find(actor, "selu example")] == [person]


@pytest.mark.parametrize("name", ["", "   "])
def test_only_a_name_is_needed_and_it_is_needed(actor, name):
    with pytest.raises(NameMissing):
        actions.open_file(by=actor, name_used=name)
    assert not YoungPerson.objects.exists()


def test_details_cannot_smuggle_in_another_agency(actor, agency):
    person = actions.open_file(
        by=actor, name_used="Zed", details={"agency_id": uuid.uuid4(), "state": "closed"}
    )
    assert (person.agency_id, person.state) == (agency.pk, "open")


def test_changed_details_keep_what_stood_before(actor, person):
    now = actions.change_details(
        by=actor, person=person, version=1, details={"pronouns": "she / elle", "likeness": 3}
    )
    assert (now.version, now.pronouns, now.likeness) == (2, "she / elle", 3)
    kept = person.changes.get()
    assert (kept.version, kept.before) == (1, {"pronouns": "", "likeness": 1})


def test_unchanged_details_make_no_version(actor, person):
    now = actions.change_details(
        by=actor, person=person, version=1, details={"name_used": person.name_used}
    )
    assert now.version == 1
    assert not person.changes.exists()


def test_a_new_name_is_found_and_the_old_one_no_longer(actor, person):
    actions.change_details(by=actor, person=person, version=1, details={"name_used": "Tobias"})
    assert [match.person for match in queries.find(actor, "tobias")] == [person]
    assert queries.find(actor, "noeli") == []


def test_a_name_cannot_be_emptied(actor, person):
    with pytest.raises(NameMissing):
        actions.change_details(by=actor, person=person, version=1, details={"name_used": " "})


def test_two_workers_changing_details_at_once_lose_nothing(actor, person, chief):
    actions.change_details(by=chief, person=person, version=1, details={"pronouns": "she"})
    with pytest.raises(actions.ChangedMeanwhile) as held:
        actions.change_details(by=actor, person=person, version=1, details={"pronouns": "they"})
    assert held.value.now.pronouns == "she"
    assert held.value.now.version == 2


def test_the_newest_safe_contact_is_used_and_the_old_one_kept(actor, person):
    before = SafeContactFactory(person=person, watched_phone=True)
    actions.confirm_safe_contact(
        by=actor, person=person, filled_from=before.pk, channel="through an aunt"
    )
    newest = queries.safe_contact(person)
    assert (newest.channel, newest.confirmed_on) == ("through an aunt", today())
    assert person.safe_contacts.count() == 2


def test_a_safe_contact_from_an_older_page_does_not_pass_over_a_newer_one(actor, person):
    newer = SafeContactFactory(person=person, watched_phone=True)
    with pytest.raises(actions.NewerAnswers) as held:
        actions.confirm_safe_contact(by=actor, person=person, channel="text only", watched="no")
    assert held.value.now == newer
    assert queries.safe_contact(person).watched == "yes"


def test_a_description_from_an_older_page_blanks_nothing(actor, person):
    first = actions.describe(by=actor, person=person, hair="long")
    actions.describe(by=actor, person=person, filled_from=first.pk, medicines="insulin")
    with pytest.raises(actions.NewerAnswers):
        actions.describe(by=actor, person=person, filled_from=first.pk, hair="short")
    assert queries.description(person).medicines == "insulin"


def test_the_same_answers_sent_twice_are_kept_once(actor, person):
    for _n in range(2):
        actions.describe(by=actor, person=person, hair="long")
        actions.confirm_safe_contact(by=actor, person=person, channel="text only", watched="no")
    assert (person.descriptions.count(), person.safe_contacts.count()) == (1, 1)


def test_earlier_answers_are_told_newest_first_without_the_one_in_use(actor, person):
    first = actions.describe(by=actor, person=person, medicines="insulin")
    actions.describe(by=actor, person=person, filled_from=first.pk, hair="long")
    assert [row.medicines for row in queries.earlier_descriptions(person)] == ["insulin"]
    old = SafeContactFactory(person=person)
    SafeContactFactory(person=person)
    assert queries.earlier_safe_contacts(person) == [old]


@pytest.mark.parametrize("names", [["Pip"] * 13, ["Pip", "x" * 201]])
def test_more_names_than_a_person_has_are_refused(actor, person, names):
    with pytest.raises(TooManyNames):
        actions.open_file(by=actor, name_used="Zed", details={"other_names": names})
    with pytest.raises(TooManyNames):
        actions.change_details(by=actor, person=person, version=1, details={"other_names": names})
    with pytest.raises(TooManyNames):
        actions.change_details(
            by=actor, person=person, version=1, details={"name_used": "x" * 201}
        )
    assert YoungPerson.objects.count() == 1


def test_the_longest_names_make_few_tokens(agency):
    longest = [" ".join(f"{n:x}{m:x}ab" for m in range(40))[:200] for n in range(13)]
    assert len(tokens_for(agency.pk, longest, "2009")) < 6000


def test_a_second_file_needs_a_word_that_it_is_somebody_else(actor, person):
    with pytest.raises(actions.SomebodyAlike):
        actions.open_file(by=actor, name_used="Noeli")
    opened = actions.open_file(by=actor, name_used="Noeli", not_these=[person.pk])
    with pytest.raises(actions.SomebodyAlike):
        actions.open_file(by=actor, name_used="Noeli", not_these=[person.pk])
    assert YoungPerson.objects.filter(pk__in=[person.pk, opened.pk]).count() == 2
    assert YoungPerson.objects.count() == 2


@pytest.mark.parametrize("permission", ["file.open", "file.write", "file.assign", "file.print"])
def test_whatever_was_asked_for_a_file_that_was_fetched_was_opened(chief, person, permission):
    actions.read_file(by=chief, person_id=person.pk, page="details", permission=permission)
    row = openings_of(person.pk).get()
    assert row.action == ("file.print" if permission == "file.print" else "file.open")
    assert row.purpose == "details"


def test_nobody_asked_means_no_safe_contact(person):
    assert queries.safe_contact(person) is None
    assert queries.description(person) is None


def test_own_words_are_kept_exactly(actor, person):
    said = "  i dont wanna talk abt it\n\nok?  "
    actions.keep_own_words(by=actor, person=person, text=said, said_on=DAY)
    assert OwnWords.objects.get(person=person).text == said


def test_empty_strengths_add_nothing(actor, person):
    assert actions.add_strengths(by=actor, person=person, texts=["", " "]) == []


def test_an_unknown_way_of_contact_is_refused(actor, person):
    with pytest.raises(ValueError, match="telepathy"):
        actions.record_contact(by=actor, person=person, how="telepathy", on=DAY)


def test_assigning_twice_keeps_one_assignment(chief, person, colleague):
    for _n in range(2):
        standing.assign(by=chief, person=person, worker=colleague, works_as="worker", since=DAY)
    assert person.team.filter(worker=colleague).count() == 1
    assert person in queries.my_people(actor_for(colleague))


def test_a_worker_of_another_agency_cannot_be_put_on_a_team(chief, person, outsider):
    with pytest.raises(standing.CannotJoin):
        standing.assign(by=chief, person=person, worker=outsider, works_as="worker", since=DAY)


def test_a_worker_cannot_say_who_works_with_whom(actor, person, colleague):
    with pytest.raises(NotAllowed):
        standing.assign(by=actor, person=person, worker=colleague, works_as="worker", since=DAY)


def test_an_ended_assignment_stays_and_closes_the_file_to_them(chief, person, wren, actor):
    row = person.team.get(worker=wren)
    standing.end_assignment(by=chief, assignment=row, until=today())
    assert queries.team(person) == []
    assert [each.until for each in queries.all_assignments(person)] == [today()]
    with pytest.raises(YoungPerson.DoesNotExist):
        queries.fetch(actor, person.pk)


def test_ending_an_assignment_again_changes_nothing(chief, person, wren):
    row = person.team.get(worker=wren)
    standing.end_assignment(by=chief, assignment=row, until=DAY)
    standing.end_assignment(by=chief, assignment=row, until=today())
    assert person.team.get(worker=wren).until == DAY


def test_an_assignment_never_ends_before_it_starts(chief, person, wren):
    row = person.team.get(worker=wren)
    ended = standing.end_assignment(by=chief, assignment=row, until=dt.date(1999, 1, 1))
    assert ended.until == ended.since


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": dt.date(2020, 1, 1)},
        {"until": dt.date(2025, 2, 1), "ended_by": None},
        {"until": None, "ended": True},
    ],
)
def test_the_database_keeps_assignments_whole(person, colleague, wrong):
    ended = wrong.pop("ended", False)
    with pytest.raises(IntegrityError), transaction.atomic():
        AssignmentFactory(
            person=person, worker=colleague, **({"ended": True} if ended else {}) | wrong
        )


def test_the_database_keeps_one_open_assignment_per_worker(person, wren):
    with pytest.raises(IntegrityError), transaction.atomic():
        AssignmentFactory(person=person, worker=wren)


def test_a_file_is_closed_and_reopened_with_reasons(actor, person):
    actions.close_file(by=actor, person=person, reason="moved away")
    assert YoungPerson.objects.get(pk=person.pk).state == "closed"
    assert person not in queries.my_people(actor)
    with pytest.raises(actions.WrongState):
        actions.close_file(by=actor, person=person, reason="again")
    actions.reopen_file(by=actor, person=person, reason="asked for us")
    with pytest.raises(actions.WrongState):
        actions.reopen_file(by=actor, person=person, reason="again")
    assert [(each.kind, each.reason) for each in queries.file_events(person)] == [
        ("closed", "moved away"),
        ("reopened", "asked for us"),
    ]


def test_a_transfer_takes_the_workers_place_and_leaves_the_rest_of_the_team(
    chief, supervisor, person, colleague
):
    AssignmentFactory(person=person, worker=supervisor, works_as="supervisor")
    standing.transfer_file(by=chief, person=person, to=colleague, reason="on leave")
    assert {each.worker for each in queries.team(person)} == {supervisor, colleague}
    assert person.file_events.get().kind == "transferred"


def test_a_transfer_to_oneself_leaves_nobody_alone(chief, supervisor, person):
    standing.transfer_file(by=chief, person=person, to=supervisor, reason="mine now")
    assert supervisor in {each.worker for each in queries.team(person)}


def test_not_seen_means_not_met_in_person(actor, agency, wren):
    def known(**contact):
        person = YoungPersonFactory(agency=agency, opened_by=wren, team=[wren])
        if contact:
            ContactFactory(person=person, recorded_by=wren, **contact)
        return person

    seen = known(on=DAY)
    before = known(on=DAY - dt.timedelta(days=1))
    phoned, tried, never = known(on=DAY, by_phone=True), known(on=DAY, tried=True), known()
    YoungPerson.objects.update(opened_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    waiting = list(queries.not_seen_since(queries.my_people(actor), DAY))
    assert seen not in waiting
    assert waiting[-1] == before
    assert set(waiting) == {before, phoned, tried, never}


def test_a_file_opened_since_is_not_yet_overdue(actor, person):
    assert person not in queries.not_seen_since(queries.my_people(actor), today())


def test_a_person_goes_by_no_name_in_a_log(person):
    assert person.name_used not in str(person)
    assert SearchToken.objects.filter(person=person).exists()
    assert all("Noʔeli" not in str(row) for row in SearchToken.objects.all())


def test_assignments_of_the_database_name_a_known_role(chief, person, colleague):
    with pytest.raises(ValueError, match="boss"):
        standing.assign(by=chief, person=person, worker=colleague, works_as="boss", since=DAY)
    assert not Assignment.objects.filter(worker=colleague).exists()
