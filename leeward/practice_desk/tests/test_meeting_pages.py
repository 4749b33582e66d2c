"""The desk's side of meetings: the young person first, who is refused, what leaves on paper."""

import pytest
import vobject
from django.urls import reverse

from leeward.audit.models import AuditRow
from leeward.audit.traces import as_printed
from leeward.conferences.before.models import Invitation, Meeting, Sitting
from leeward.conferences.factories import (
    DecisionFactory,
    InvitationFactory,
    MeetingFactory,
    PackItemFactory,
    SayingFactory,
)
from leeward.entry.factories import EntryFactory
from leeward.people.factories import ConflictLockFactory
from leeward.plans.factories import ItemVersionFactory
from leeward.plans.tests.copies import squashed, text_of
from leeward.relationships.factories import TieVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
CALLED = {
    "shape": "conference",
    "purpose": "Where to live",
    "day": "2026-05-05",
    "time": "14:30",
    "minutes": "90",
    "zone": "America/Winnipeg",
    "place": "Example House",
}


@pytest.fixture
def meeting(person):
    return MeetingFactory(person=person, asked=True)


def at(name, meeting, *more):
    return reverse(name, args=[meeting.person_id, meeting.pk, *more])


def said(response):
    return response.content.decode()


def test_a_meeting_is_called_by_the_clocks_where_it_is(desk, person):
    response = desk.post(reverse("meeting_call", args=[person.pk]), CALLED)
    row = Sitting.objects.get()
    assert response.url == at("meeting", Meeting.objects.get())
    assert row.starts_at.isoformat() == "2026-05-05T19:30:00+00:00"
    page = said(desk.get(response.url))
    assert "2026-05-05, 14:30 to 16:00. Central time" in page
    assert "Nobody has recorded yet what the young person says to it." in page
    assert page.index("The young person first") < page.index("Who is asked, and why")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"time": "25:00"}, "such as 14:30"),
        ({"purpose": ""}, "Say what the meeting is for."),
        ({"day": "2026-03-08", "time": "02:30"}, "skip this time"),
        ({"day": "2026-11-01", "time": "01:30"}, "comes twice"),
    ],
)
def test_a_mistake_is_said_and_nothing_typed_is_lost(desk, person, wrong, words):
    response = desk.post(reverse("meeting_call", args=[person.pk]), CALLED | wrong)
    assert response.status_code == 422
    assert words in said(response)
    assert 'value="Example House"' in said(response)
    assert not Meeting.objects.exists()


def test_the_agencys_own_clocks_are_offered_first(desk, person, agency):
    agency.time_zone = "America/Winnipeg"
    agency.save()
    page = said(desk.get(reverse("meeting_call", args=[person.pk])))
    assert '<option value="America/Winnipeg" selected' in page


def test_before_they_were_asked_nothing_goes_out(desk, person):
    meeting = MeetingFactory(person=person)
    invitation = InvitationFactory(meeting=meeting)
    url = at("meeting_asked", meeting, invitation.pk)
    response = desk.post(url, {"kind": "sent"})
    assert response.status_code == 422
    assert "First record that the young person was asked" in said(response)
    assert desk.get(at("meeting_calendar_en", meeting)).status_code == 404
    told = {"asked": "not_yet", "hears": "team", "version": "0"}
    assert desk.post(at("meeting_prepare", meeting), told).status_code == 422
    told["why_not"] = "At camp until Monday."
    assert desk.post(at("meeting_prepare", meeting), told).status_code == 302
    assert desk.post(url, {"kind": "sent"}).status_code == 302
    assert desk.get(at("meeting_calendar_en", meeting)).status_code == 200


def ask(desk, meeting, name, **more):
    given = {"name": name, "role": "school", "why": "teaches her"} | more
    return desk.post(at("meeting_invite", meeting), given)


def test_the_refusal_of_a_mark_of_a_topic_and_of_a_lock_reads_the_same(desk, meeting, colleague):
    for name, answers in (
        ("Dale Pretend", {"of_concern": True}),
        ("Kim Pretend", {"must_not": ["where"]}),
    ):
        TieVersionFactory(tie__person=meeting.person, name=name, answers=answers)
    ConflictLockFactory(person=meeting.person, worker=colleague)
    pages = []
    for name in ("Dale Pretend", "Kim Pretend", colleague.display_name):
        response = ask(desk, meeting, name, sure="yes")
        assert response.status_code == 422
        page = said(response)
        pages.append(
            page[
                page.index("There is a problem") : page.index(
                    "<form", page.index("There is a problem")
                )
            ]
        )
        assert "teaches her" in page
    assert len(set(pages)) == 1
    assert "concern" not in pages[0]
    assert not Invitation.objects.exists()


def test_a_name_that_is_alike_is_asked_about_first(desk, meeting):
    TieVersionFactory(
        tie__person=meeting.person, name="Dale Pretend", answers={"of_concern": True}
    )
    response = ask(desk, meeting, "Dael Pretend")
    assert response.status_code == 422
    assert 'name="sure"' in said(response)
    assert ask(desk, meeting, "Dael Pretend", sure="yes").status_code == 302


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pack_holds_what_was_chosen_and_what_they_say_to_the_room_alone(
    desk, meeting, person, language
):
    chosen = ItemVersionFactory(person_of=person, words="A chosen piece")
    PackItemFactory(pack__meeting=meeting, version=chosen)
    ItemVersionFactory(person_of=person, words="A piece left at home")
    ItemVersionFactory(person_of=person, section="not_again", words="Never again piece")
    SayingFactory(meeting=meeting, kind="say", hears="room", words="Said to everyone")
    SayingFactory(meeting=meeting, kind="who", hears="team", words="Said to the team")
    SayingFactory(meeting=meeting, kind="speaks", hears="me", words="Said to nobody")
    InvitationFactory(meeting=meeting, name="Robin Sample")
    InvitationFactory(meeting=meeting, name="Dale Pretend")
    TieVersionFactory(tie__person=person, name="Dale Pretend", answers={"of_concern": True})
    response = desk.get(at(f"meeting_pack_{language}", meeting))
    assert response.headers["Content-Type"] == "application/pdf"
    name = "rencontre.pdf" if language == "fr" else "meeting.pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    text = text_of(response.content)
    for words in ("A chosen piece", "Said to everyone", "Robin Sample", meeting.purpose):
        assert squashed(words) in squashed(text)
    secret = ("left at home", "Never again", "Said to the team", "Said to nobody", "Dale")
    for words in (*secret, "I want to know who comes"):
        assert squashed(words) not in squashed(text)
    row = AuditRow.objects.latest("id")
    assert (row.action, row.subject_id) == ("file.print", person.pk)
    assert squashed(as_printed(row.trace)) in squashed(text)


def test_what_they_do_not_want_to_be_asked_again_cannot_be_ticked(desk, meeting, person):
    never = ItemVersionFactory(person_of=person, section="not_again", words="Never again piece")
    ItemVersionFactory(person_of=person, words="A piece")
    url = at("meeting_choose", meeting)
    page = said(desk.get(url))
    assert "A piece" in page
    assert "Never again piece" not in page
    given = {"chosen": [str(never.pk)], "together": ["yes"], "version": "0"}
    assert desk.post(url, given).status_code == 422


def test_the_calendar_says_that_it_was_moved_and_called_off(desk, meeting):
    when = {key: CALLED[key] for key in ("day", "time", "minutes", "zone", "place")}
    moved = when | {"why": "the bus", "version": "1"}
    assert desk.post(at("meeting_move", meeting), moved).status_code == 302
    assert desk.post(at("meeting_move", meeting), moved).status_code == 422
    file = desk.get(at("meeting_calendar_fr", meeting))
    assert file.headers["Content-Disposition"] == 'attachment; filename="rencontre.ics"'
    assert vobject.readOne(said(file)).vevent.sequence.value == "1"
    off = {"why": "ill", "version": "2"}
    assert desk.post(at("meeting_call_off", meeting), off).status_code == 302
    calendar = vobject.readOne(said(desk.get(at("meeting_calendar_en", meeting))))
    assert (calendar.method.value, calendar.vevent.sequence.value) == ("CANCEL", "2")
    assert "Called off" in said(desk.get(at("meeting", meeting)))


def test_a_decision_is_on_home_until_it_is_said_how_it_went(desk, meeting, wren):
    given = {"what": "Find a bus pass", "owner": str(wren.pk), "agrees": "yes", "view": "Good."}
    assert desk.post(at("meeting_decide", meeting), given | {"owner": ""}).status_code == 422
    assert desk.post(at("meeting_decide", meeting), given).status_code == 302
    assert "Find a bus pass" in said(desk.get(reverse("home")))
    decision = meeting.decisions.get()
    went = at("meeting_went", meeting, decision.pk)
    assert desk.post(went, {"kind": "not_done"}).status_code == 422
    assert desk.post(went, {"kind": "not_done", "words": "No money."}).status_code == 302
    assert "Find a bus pass" not in said(desk.get(reverse("home")))
    page = said(desk.get(at("meeting", meeting)))
    assert "No money." in page
    assert "“Good.”" in page
    assert desk.post(went, {"kind": "done"}).status_code == 422


def test_somebody_elses_task_is_not_answered_for(desk, meeting, supervisor):
    decision = DecisionFactory(meeting=meeting, owner=supervisor, owner_name="")
    response = desk.post(at("meeting_went", meeting, decision.pk), {"kind": "done"})
    assert response.status_code == 422
    assert "somebody else’s desk" in said(response)


def test_what_was_decided_is_told_after_three_questions(desk, meeting):
    told = {"words": "You get a pass.", "phone": "no", "tip_off": "no", "names": "no"}
    assert "Look at My space together first." in said(desk.post(at("meeting_tell", meeting), told))
    EntryFactory(person=meeting.person)
    desk.post(at("meeting_tell", meeting), told | {"names": "yes"})
    assert "Not for a device." in said(desk.get(at("meeting", meeting)))
    desk.post(at("meeting_tell", meeting), told)
    assert "They can read these words in My space." in said(desk.get(at("meeting", meeting)))
    desk.post(at("meeting_tell_back", meeting))
    desk.post(at("meeting_tell_back", meeting))
    assert "They may remember it." in said(desk.get(at("meeting", meeting)))


def test_a_meeting_of_another_file_is_not_there_under_this_one(desk, meeting, agency, wren):
    other = MeetingFactory(person__agency=agency, person__opened_by=wren, person__team=[wren])
    for name in ("meeting", "meeting_prepare", "meeting_pack_en", "meeting_decide"):
        url = reverse(name, args=[meeting.person_id, other.pk])
        assert desk.get(url).status_code == 404
    invitation = InvitationFactory(meeting=other)
    url = at("meeting_asked", meeting, invitation.pk)
    assert desk.post(url, {"kind": "sent"}).status_code == 404
