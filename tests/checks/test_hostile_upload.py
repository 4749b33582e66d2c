"""Somebody sends a file made to harm, or one that must never be here."""

import datetime as dt
import io
import os
import socketserver
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from leeward.accounts.factories import WorkerFactory
from leeward.audit.models import AuditRow
from leeward.documents import store, sweeping
from leeward.documents.models import Document
from leeward.documents.tests import made
from leeward.notices.models import Notice

JPEG = b"\xff\xd8\xff\xe0" + b"invented" * 20


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.LEEWARD_MEDIA = tmp_path / "media"


@pytest.fixture
def page(person):
    return reverse("add_document", kwargs={"person_id": person.pk})


def send(desk, page, data, name="letter.pdf", **typed):
    file = SimpleUploadedFile(name, data, content_type="application/pdf")
    return desk.post(page, {"pictures": "no", "what": "Invented letter", "file": file} | typed)


def kept():
    return list(Document.objects.all())


HOSTILE = {
    "a picture named pdf": JPEG,
    "a page named pdf": b"<!doctype html><script>alert(1)</script>",
    "a drawing named pdf": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "a programme": b"MZ\x90\x00\x03invented",
    "an archive": b"PK\x03\x04invented",
    "a picture that is a pdf too": JPEG + made.pdf(),
    "a page that is a pdf too": b"<html>" + made.pdf(),
    "nothing": b"",
    "locked": made.locked(),
    "cut short": made.pdf()[:150],
    "a scan": made.with_picture(b""),
    "a bomb": made.bomb(),
    "text that hides its order": "abc\u202etxt.exe".encode(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_upload(desk, page, name):
    answer = send(desk, page, HOSTILE[name])
    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.content.decode()
    assert "Invented letter" in answer.content.decode()
    assert kept() == []
    assert list(store.lying_about()) == []


def test_what_acts_tells_or_shows_is_gone_from_the_copy_that_leaves(desk, page, person):
    assert send(desk, page, made.with_everything()).status_code == 302
    (document,) = kept()
    copy = desk.get(
        reverse("document_copy", kwargs={"person_id": person.pk, "document_id": document.pk})
    )
    assert copy.content.startswith(b"%PDF-")
    assert made.SECRET.encode() not in copy.content
    assert b"JavaScript" not in copy.content


def test_a_photo_is_not_kept_even_as_a_good_pdf(desk, page):
    answer = send(desk, page, made.pdf(), pictures="yes")
    assert answer.status_code == 422
    assert kept() == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\r\nSet-Cookie: x=1.pdf", "a\u202efdp.exe"]
)
def test_the_name_of_a_file_goes_nowhere(desk, page, person, name):
    assert send(desk, page, made.pdf(), name=name).status_code == 302
    (document,) = kept()
    answer = desk.get(
        reverse("document_copy", kwargs={"person_id": person.pk, "document_id": document.pk})
    )
    today = timezone.localdate()
    assert answer["Content-Disposition"] == f'attachment; filename="document-{today}.pdf"'
    ((path, of),) = store.lying_about()
    assert of == document.pk
    assert path.name == document.pk.hex


def test_a_copy_leaves_in_a_sandbox_and_is_recorded(desk, page, person):
    send(desk, page, b"Plain words, invented.", name="a.txt")
    (document,) = kept()
    answer = desk.get(
        reverse("document_copy", kwargs={"person_id": person.pk, "document_id": document.pk})
    )
    assert answer.content == b"Plain words, invented."
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert AuditRow.objects.latest("id").action == "file.export"


def test_the_disk_holds_nothing_in_the_clear(desk, page):
    send(desk, page, b"Plain words, invented.")
    ((path, _of),) = store.lying_about()
    assert b"Plain words" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


def test_too_large_is_refused_and_what_was_typed_stays(desk, page, settings):
    settings.LEEWARD_DOCUMENT_BYTES = 100_000
    answer = send(desk, page, b"x" * 300_000)
    assert answer.status_code == 422
    assert "too large" in answer.content.decode()
    assert "Invented letter" in answer.content.decode()
    assert kept() == []


def test_a_thousand_files_at_once_are_refused(desk, page):
    files = [SimpleUploadedFile("a.txt", b"x") for _ in range(1000)]
    answer = desk.post(page, {"pictures": "no", "what": "Invented", "file": files})
    assert answer.status_code == 400
    assert kept() == []


# --- The scanner -------------------------------------------------------------------------------


class Clamd(socketserver.BaseRequestHandler):
    """Answers as clamd does to INSTREAM: it finds what holds the word `harmful`."""

    def handle(self):
        line = self.request.makefile("rb")
        assert line.read(10) == b"zINSTREAM\0"
        sent = io.BytesIO()
        while size := int.from_bytes(line.read(4), "big"):
            sent.write(line.read(size))
        found = b"harmful" in sent.getvalue()
        self.request.sendall(b"stream: Invented FOUND\0" if found else b"stream: OK\0")


@pytest.fixture
def clamd(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.LEEWARD_CLAMAV = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


@pytest.mark.usefixtures("clamd")
def test_a_scanner_stops_what_it_finds_and_lets_the_rest_in(desk, page):
    assert send(desk, page, b"something harmful").status_code == 422
    assert kept() == []
    assert send(desk, page, b"something kind").status_code == 302
    assert kept()[0].scanned


def test_a_scanner_that_is_down_lets_nothing_in(desk, page, clamd):
    clamd.shutdown()
    clamd.server_close()
    assert send(desk, page, b"something kind").status_code == 422
    assert kept() == []


def test_without_a_scanner_the_page_says_so(desk, page, person):
    assert "no virus scanner" in desk.get(page).content.decode()
    send(desk, page, b"something kind")
    listed = desk.get(reverse("documents", kwargs={"person_id": person.pk})).content.decode()
    assert "Not scanned" in listed


# --- This should not be here -------------------------------------------------------------------


@pytest.fixture
def document(desk, page):
    send(desk, page, made.pdf())
    return kept()[0]


def close(client, document):
    address = reverse(
        "close_document", kwargs={"person_id": document.subject_id, "document_id": document.pk}
    )
    return client.post(address, follow=True)


def test_what_should_not_be_here_is_closed_to_everyone_and_kept_sealed(
    desk, document, person, client, supervisor, agency
):
    officer = WorkerFactory.create(agency=agency, role="privacy_officer")
    said = close(desk, document).content.decode()
    assert "911" in said
    assert "Cybertip.ca" in said
    assert "Invented letter" not in said
    address = reverse("document_copy", kwargs={"person_id": person.pk, "document_id": document.pk})
    listed = reverse("documents", kwargs={"person_id": person.pk})
    for worker in (None, supervisor, officer):
        if worker:
            desk.force_login(worker)
        assert desk.get(address).status_code in {403, 404}
        page = desk.get(listed)
        assert "Invented letter" not in page.content.decode()
    (notice,) = Notice.objects.filter(kind="documents.closed")
    assert (notice.to_role, notice.about) == ("privacy_officer", document.pk)
    assert len(list(store.lying_about())) == 1


def test_its_sealed_bytes_go_when_the_days_are_over_and_not_before(desk, document, settings):
    close(desk, document)
    assert sweeping.remove_due() == 0
    past = timezone.now() - dt.timedelta(days=settings.LEEWARD_CLOSED_DOCUMENT_DAYS, hours=1)
    Document.objects.update(closed_at=past)
    assert sweeping.remove_due() == 1
    assert list(store.lying_about()) == []
    assert sweeping.remove_due() == 0


def test_bytes_that_no_row_has_are_swept_up_later(settings, person):
    store.put(person.pk, b"Invented", holder=person.pk)
    assert sweeping.sweep_up() == 0
    ((path, _of),) = store.lying_about()
    long_ago = (timezone.now() - 2 * sweeping.UNDER_WAY).timestamp()

    os.utime(path, (long_ago, long_ago))
    assert sweeping.sweep_up() == 1
