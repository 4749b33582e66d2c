"""Asking in My space for a copy or a change, where it stands, and my statement."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from leeward.entry.factories import OfferFactory
from leeward.my_space.tests.conftest import come_in
from leeward.observations.factories import ObservationFactory
from leeward.releases.factories import ReleaseFactory
from leeward.requests.factories import AnswerFactory, ExtensionFactory, FileRequestFactory
from leeward.requests.models import FileRequest, Statement

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
MINE = "/notes/pages/"
SAID = {"words": "She <ran> off", "instead": "I went to my aunt", "why": "", "note": ""}


def said(response, status=200):
    assert response.status_code == status, response.status_code
    return response.content.decode()


def test_they_ask_for_a_copy_once_and_read_by_when(own):
    assert "It will not be on this phone." in said(own.get(f"{MINE}copy/"))
    for _pressed_twice in range(2):
        assert own.post(f"{MINE}copy/").url == MINE
    row = FileRequest.objects.get()
    page = said(own.get(MINE))
    assert f"They must answer by {row.received_on + dt.timedelta(days=30)}." in page
    assert "You asked for a copy already." in said(own.get(f"{MINE}copy/"))


def test_they_ask_for_a_change_and_a_mistake_loses_nothing(own, person):
    note = ReleaseFactory(note=ObservationFactory(person=person, text="A wall <full> of paint"))
    never = ObservationFactory(person=person, text="Xylograph-not-for-a-device").pk
    shown = said(own.get(f"{MINE}change/?note={note.note_id}"))
    assert "A wall &lt;full&gt; of paint" in shown
    for other in (never, "nonsense", ""):
        assert "Xylograph" not in said(own.get(f"{MINE}change/?note={other}"))
    wrong = said(own.post(f"{MINE}change/", SAID | {"instead": " "}), 422)
    assert "Write what it should say." in wrong
    assert "She &lt;ran&gt; off" in wrong
    assert own.post(f"{MINE}change/", SAID | {"note": str(note.note_id)}).url == MINE
    own.post(f"{MINE}change/", SAID | {"note": str(never)})
    kept = FileRequest.objects.order_by("recorded_at")
    # A note that they may not read here is none that they can name.
    assert [each.note_id for each in kept] == [note.note_id, None]


def test_where_it_stands_in_words(own, person):
    late = FileRequestFactory(person=person, days_ago=31)
    longer = FileRequestFactory(person=person, days_ago=31)
    ExtensionFactory(request=longer)
    made = AnswerFactory(request__person=person, outcome="made", reasons="in the plan")
    page = said(own.get(MINE))
    assert "By law that counts as a no." in page
    assert "They took more time." in page
    assert f"It was changed on {made.on}." in page
    assert own.post(f"{MINE}asked/{late.pk}/", {"back": "yes"}).url == MINE
    assert "You took it back on" in said(own.get(f"{MINE}asked/{late.pk}/"))


def test_a_no_is_read_with_its_reasons_and_answered_by_a_statement(own, person):
    row = AnswerFactory(request__person=person, reasons="I saw <it> so.").request
    mine = f"{MINE}asked/{row.pk}/"
    assert "I saw &lt;it&gt; so." in said(own.get(mine))
    assert "Write something first." in said(own.post(mine, {"words": " "}), 422)
    assert own.post(mine, {"words": "  It was not.\n", "version": "0"}).url == MINE
    assert Statement.objects.get().words == "  It was not.\n"
    both = said(own.post(mine, {"words": "From the library", "version": "0"}), 422)
    assert "It was not." in both
    assert "From the library" in both
    waits = FileRequestFactory(person=person)
    assert own.post(f"{MINE}asked/{waits.pk}/", {"words": "No"}).status_code == 404


def test_where_my_file_is_closed_nothing_is_shown_and_what_was_typed_is_kept(
    own, door, entry, person
):
    OfferFactory(person=person, watched="unsure")
    row = AnswerFactory(request__person=person, reasons="I saw it so.").request
    assert "That is not your fault." in said(own.get(f"{MINE}copy/"))
    for page in (f"{MINE}change/", f"{MINE}asked/{row.pk}/"):
        assert own.get(page).url == MINE
    assert "What I asked" not in said(own.get(MINE))
    own.post(f"{MINE}copy/")
    assert not FileRequest.objects.filter(kind="copy").exists()
    assert own.post(f"{MINE}change/", SAID).url == MINE
    wrong = said(own.post(f"{MINE}asked/{row.pk}/", {"words": " "}), 422)
    assert "I saw it so." not in wrong
    assert own.post(f"{MINE}asked/{row.pk}/", {"words": "It was not", "version": "0"}).url == MINE
    borrowed = Client()
    come_in(borrowed, borrowed="yes")
    assert "I saw it so." in said(borrowed.get(f"{MINE}asked/{row.pk}/"))

    # After new words, whoever came in by them asks and says nothing.
    entry.private_until = timezone.now() + dt.timedelta(hours=1)
    entry.save()
    before = FileRequest.objects.count(), Statement.objects.count()
    for path, typed in ((f"{MINE}change/", SAID), (f"{MINE}asked/{row.pk}/", {"words": "Not me"})):
        assert borrowed.post(path, typed).url == MINE
    assert (FileRequest.objects.count(), Statement.objects.count()) == before


def test_nobody_reaches_what_another_asked(own, other):
    row = FileRequestFactory()
    assert own.get(f"{MINE}asked/{row.pk}/").status_code == 404
    assert own.post(f"{MINE}asked/{row.pk}/", {"back": "yes"}).status_code == 404
    assert other.get(f"{MINE}copy/").url == "/notes/open/"
    assert other.post(f"{MINE}copy/").url == "/notes/open/"
    assert FileRequest.objects.count() == 1
