"""Addresses of My space, each under a face. Every view that is theirs alone names its action."""

from django.urls import path, register_converter
from django.urls.resolvers import URLPattern

from leeward.entry.faces import FACES
from leeward.my_space import (
    asking,
    circle,
    circle_changes,
    copies,
    file,
    kept,
    meetings,
    numbers,
    passkeys,
    plan,
    sharing,
    views,
    wheel,
)


class FaceConverter:
    """One of the faces there are."""

    regex = "|".join(FACES)

    def to_python(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """The same."""
        return value


register_converter(FaceConverter, "face")
FACE = "<face:face>/"
PEOPLE = FACE + "people/"
MEETINGS = FACE + "meetings/"
MEETING = MEETINGS + "<uuid:meeting_id>/"
ONE = PEOPLE + "<uuid:tie_id>/"

urlpatterns: list[URLPattern] = [
    path("", views.Bare.as_view(), name="bare"),
    path(FACE, views.Front.as_view(), name="front"),
    path(FACE + "first/", views.First.as_view(), name="first"),
    path(FACE + "phone/ask/", passkeys.AskToOpen.as_view(), name="phone_ask"),
    path(FACE + "phone/", passkeys.ByPhone.as_view(), name="by_phone"),
    path(FACE + "help/", views.Help.as_view(), name="help"),
    path(FACE + "leave/", views.Leave.as_view(), name="leave"),
    path(FACE + "open/", views.Open.as_view(), name="open"),
    path(FACE + "add/", views.Add.as_view(), name="add"),
    path(FACE + "leaving/", views.Leaving.as_view(), name="leaving"),
    path(FACE + "about/", views.About.as_view(), name="about"),
    path(FACE + "second/", views.Second.as_view(), name="second"),
    path(FACE + "back/", views.WordsBack.as_view(), name="words_back"),
    path(FACE + "keep/", kept.Keep.as_view(), name="keep"),
    path(FACE + "kept/", kept.Kept.as_view(), name="kept"),
    path(FACE + "offline.js", kept.Worker.as_view(), name="offline"),
    path(FACE + "more/", views.More.as_view(), name="more"),
    path(FACE + "list/", plan.Safe.as_view(), name="safe"),
    path(FACE + "way/", plan.Way.as_view(), name="way"),
    path(FACE + "new/", plan.Together.as_view(), name="together"),
    path(FACE + "new/<slug:section>/", plan.Write.as_view(), name="write"),
    path(FACE + "item/<uuid:item_id>/", plan.Item.as_view(), name="item"),
    path(FACE + "item/<uuid:item_id>/went/", plan.Went.as_view(), name="went"),
    path(FACE + "answer/<uuid:suggestion_id>/", plan.Answer.as_view(), name="answer"),
    path(FACE + "round/", wheel.Round.as_view(), name="wheel"),
    path(FACE + "round/lay/", wheel.LayOut.as_view(), name="wheel_change"),
    path(FACE + "pages/", file.File.as_view(), name="file"),
    path(FACE + "pages/copy/", asking.AskCopy.as_view(), name="ask_copy"),
    path(FACE + "pages/change/", asking.AskChange.as_view(), name="ask_change"),
    path(FACE + "pages/asked/<uuid:asked_id>/", asking.MyRequest.as_view(), name="my_request"),
    path(FACE + "pages/<uuid:note_id>/", file.MySide.as_view(), name="side"),
    path(FACE + "copy/", copies.Copy.as_view(), name="copy"),
    path(MEETINGS, meetings.MyMeetings.as_view(), name="meetings"),
    path(MEETING + "side/", meetings.MyMeetingSide.as_view(), name="meeting_side"),
    path(MEETING + "read/", meetings.IHaveRead.as_view(), name="meeting_read"),
    path(MEETING + "<slug:part>/", meetings.Say.as_view(), name="meeting_say"),
    path(FACE + "knows/", sharing.WhoKnows.as_view(), name="knows"),
    path(FACE + "knows/<uuid:disclosure_id>/", sharing.Stop.as_view(), name="stop"),
    path(FACE + "number/", numbers.MyNumber.as_view(), name="my_number"),
    path(FACE + "where/", numbers.WhereIn.as_view(), name="where_in"),
    path(FACE + "phones/", passkeys.Phones.as_view(), name="phones"),
    path(FACE + "phones/ask/", passkeys.AskToMake.as_view(), name="phones_ask"),
    path(FACE + "phones/<uuid:passkey_id>/", passkeys.PhoneAway.as_view(), name="phone_away"),
    path(FACE + "look/", numbers.Look.as_view(), name="look"),
    path(PEOPLE, circle.MyPeople.as_view(), name="people"),
    path(PEOPLE + "add/", circle_changes.AddNear.as_view(), name="people_near"),
    path(PEOPLE + "push/", circle_changes.AddPush.as_view(), name="people_push"),
    path(PEOPLE + "know/", circle.WhoMayKnow.as_view(), name="people_know"),
    path(PEOPLE + "paper/", circle.OnPaper.as_view(), name="people_paper"),
    path(ONE, circle.One.as_view(), name="people_one"),
    path(ONE + "change/", circle_changes.Change.as_view(), name="people_change"),
    path(ONE + "know/", circle_changes.MayKnow.as_view(), name="people_may_know"),
    path(ONE + "mine/", circle_changes.MyPerson.as_view(), name="people_mine"),
    path(ONE + "out/", circle_changes.LetGo.as_view(), name="people_let_go"),
    path(ONE + "ask/", circle_changes.Ask.as_view(), name="people_ask"),
]

handler400 = handler403 = handler404 = "leeward.my_space.views.nowhere"
handler500 = "leeward.my_space.views.broken"
