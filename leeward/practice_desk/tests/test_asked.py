"""Requests on the desk: what is due when, who sees it, and the copy from page to paper."""

import pytest
from django.urls import reverse

from leeward.audit.models import AuditRow
from leeward.observations.factories import ObservationFactory
from leeward.people.factories import AssignmentFactory, ConflictLockFactory
from leeward.requests.factories import (
    AnswerFactory,
    CopyFactory,
    ExtensionFactory,
    FileRequestFactory,
    StatementFactory,
)
from leeward.requests.models import Answer, Copy, FileRequest, Looked

# What a page says is the same on any engine.
pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


def said(response, status=200):
    assert response.status_code == status, response.status_code
    return response.content.decode()


def of(name, person, row, *more):
    return reverse(name, args=[person.pk, row.pk, *more])


def test_home_says_in_words_what_is_due_for_the_worker_and_the_supervisor(
    client, person, wren, supervisor
):
    row = FileRequestFactory(person=person, days_ago=24)
    for worker in (wren, supervisor):
        client.force_login(worker)
        assert "days left" not in said(client.get("/"))
    FileRequest.objects.update(received_on=row.received_on.replace(year=2025))
    for worker in (wren, supervisor):
        client.force_login(worker)
        home = said(client.get("/"))
        assert "days late: it had to be answered by" in home
        assert "By law, no answer counts as a refusal." in home
        assert reverse("file_request", args=[person.pk, row.pk]) in home


def test_a_locked_out_worker_learns_of_no_request(client, person, wren, supervisor):
    row = FileRequestFactory(person=person, days_ago=28)
    StatementFactory(request=AnswerFactory(request__person=person).request)
    ConflictLockFactory(person=person, worker=wren, set_by=supervisor)
    client.force_login(wren)
    for page in ("/", "/asked/", "/notices/"):
        shown = said(client.get(page))
        assert person.name_used not in shown
        assert str(row.pk) not in shown
    for name in ("file_request", "answer_request", "copying"):
        assert client.get(of(name, person, row)).status_code == 404


def test_the_list_says_when_each_is_due(desk, person):
    row = FileRequestFactory(person=person, days_ago=40)
    ExtensionFactory(request=row, days=20)
    page = said(desk.get("/asked/"))
    assert "10 days left, by" in page
    assert "Given 20 more days." in page
    assert "section to be confirmed by counsel" in page


def test_who_may_write_down_may_not_always_answer(client, person, agency, colleague):
    colleague.role = "intake"
    colleague.save()
    AssignmentFactory(person=person, worker=colleague)
    row = FileRequestFactory(person=person)
    client.force_login(colleague)
    page = said(client.get(of("file_request", person, row)))
    assert of("answer_request", person, row) not in page
    assert client.post(of("answer_request", person, row)).status_code == 403


def test_nothing_typed_is_lost_by_a_mistake(desk, person):
    typed = {"kind": "correction", "how": "spoken", "words": "She ran <off>.", "on": "2099-01-01"}
    page = said(desk.post(reverse("ask_request", args=[person.pk]), typed), 422)
    assert "She ran &lt;off&gt;." in page
    assert "This day has not come yet." in page
    assert "Write down what they say instead." in page
    assert not FileRequest.objects.exists()


def test_a_no_and_its_statement_stand_beside_the_note_on_every_page(desk, person):
    note, row = ObservationFactory(person=person), FileRequestFactory(person=person)
    given = {"made": "no", "note": str(note.pk), "reasons": "I saw it so."}
    assert desk.post(of("answer_request", person, row), given).status_code == 302
    stated = {"words": "It was <not> so.", "version": "0"}
    assert desk.post(of("request_statement", person, row), stated).status_code == 302
    for page in (
        reverse("note", args=[person.pk, note.pk]),
        reverse("timeline", args=[person.pk]),
    ):
        assert "It was &lt;not&gt; so." in said(desk.get(page))
    both = said(
        desk.post(of("request_statement", person, row), {"words": "x", "version": "0"}), 422
    )
    assert "What was saved meanwhile" in both
    late = said(desk.post(of("answer_request", person, row), given), 422)
    assert "It was answered, or taken back" in late
    assert desk.get(of("answer_request", person, row)).url == of("file_request", person, row)


def test_a_correction_that_was_made_points_to_the_note(desk, person):
    note, row = ObservationFactory(person=person), FileRequestFactory(person=person)
    newer = ObservationFactory(person=person, corrects=note)
    page = said(desk.get(of("answer_request", person, row)))
    assert str(newer.pk) in page
    nowhere = said(desk.post(of("answer_request", person, row), {"made": "yes"}), 422)
    assert "Choose what puts it right" in nowhere
    desk.post(of("answer_request", person, row), {"made": "yes", "correction": str(newer.pk)})
    assert Answer.objects.get().correction == newer
    assert reverse("note", args=[person.pk, newer.pk]) in said(
        desk.get(of("file_request", person, row))
    )


def test_a_copy_from_page_to_paper(desk, person):
    # Given a copy that is begun, and a name that is held back in one of two notes
    row = FileRequestFactory(person=person, copy=True)
    note = ObservationFactory(person=person, text="Kay Pretend called.")
    ObservationFactory(person=person, text="Kay came too.")
    copying = of("copying", person, row)
    assert "Begin" in said(desk.get(of("copying_names", person, row)))
    desk.post(copying)
    line = f"note:{note.pk}:text"
    hold = {"line": line, "how_much": "words", "ground": "reporter", "reason": "she asked"}
    assert "Copy the words" in said(desk.post(of("copying_hold", person, row), hold), 422)
    hold |= {"passage": "Kay Pretend"}
    page = said(desk.post(of("copying_hold", person, row), hold), 422)
    assert "Say whom it protects" in page
    assert "Kay Pretend</textarea>" in page
    desk.post(of("copying_hold", person, row), hold | {"whose": "Kay Pretend"})

    # When every part is read but the name still stands, nothing is made
    for part in _parts(desk, person, row):
        seen = said(desk.get(part)).partition('name="seen" value="')[2][:64]
        assert desk.post(part, {"seen": "0" * 64}).status_code == 422
        assert desk.post(part, {"seen": seen}).status_code == 302
    stopped = said(desk.post(of("copying_make", person, row)), 422)
    assert "The copy cannot be made yet." in stopped
    assert "1 place to decide" in stopped
    names = said(desk.get(of("copying_names", person, row)))
    assert "…Kay came too.…" in names
    where = names.partition('name="lines" value="')[2].partition('"')[0]
    settled = {"term": "kay", "lines": where, "do": "leave", "reason": "another Kay"}
    assert desk.post(of("copying_names", person, row), settled | {"do": ""}).status_code == 422
    assert desk.post(of("copying_names", person, row), settled).status_code == 302

    # Then it is made, printed with a code that the log knows, and not given once a note is new
    desk.post(of("copying_make", person, row), {"language": "en"})
    copy = Copy.objects.get()
    paper = desk.get(of("copying_paper", person, row, copy.pk))
    assert paper.headers["Content-Disposition"] == 'attachment; filename="my-pages.pdf"'
    trace = AuditRow.objects.latest("id")
    assert (trace.action, trace.subject_id, len(trace.trace)) == ("file.export", person.pk, 8)
    ObservationFactory(person=person)
    give = {"copy": str(copy.pk)}
    told = said(desk.post(of("copying_give", person, row), give), 422)
    assert "changed since this copy was made" in told
    assert "changed: look again" in told
    assert "New since you looked" in said(desk.get(of("copying_part", person, row, "notes")))
    assert not Answer.objects.exists()


def _parts(desk, person, row):
    page = said(desk.get(of("copying", person, row)))
    return [
        of("copying_part", person, row, piece.partition("/")[0])
        for piece in page.split("/parts/")[1:]
    ]


def test_another_workers_looking_is_not_mine(client, person, supervisor, desk):
    row = FileRequestFactory(person=person, copy=True)
    desk.post(of("copying", person, row))
    client.force_login(supervisor)
    part = of("copying_part", person, row, "notes")
    assert "Begin" in said(client.get(part))
    assert "Begin" in said(client.post(part, {"seen": "0"}), 422)
    assert not Looked.objects.exists()
    other = CopyFactory()
    paper = of("copying_paper", person, row, other.pk)
    assert client.get(paper).status_code == 404
