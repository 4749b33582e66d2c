import http.server
import json
import logging
import threading
from http.client import HTTPConnection

import pytest
from django.core import mail

from leeward.notices import delivery
from leeward.notices.actions import tell
from leeward.notices.factories import INVENTED

LINK = "https://desk.example.org/"


@pytest.fixture
def received(monkeypatch, settings):
    """What a machine at the other end of the webhook is sent; it answers on plain http here."""
    got = []

    class Answers(http.server.BaseHTTPRequestHandler):
        status = 204

        def do_POST(self):
            length = int(self.headers["Content-Length"])
            got.append((self.path, dict(self.headers), self.rfile.read(length)))
            self.send_response(self.status)
            self.end_headers()

        def log_message(self, *_args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(delivery, "HTTPSConnection", HTTPConnection)
    settings.LEEWARD_NOTICE_WEBHOOK = f"https://127.0.0.1:{server.server_port}/hook?key=1"
    settings.LEEWARD_NOTICE_LINK = LINK
    got_by = type("Received", (), {"posts": got, "answers": Answers})
    yield got_by
    server.shutdown()
    server.server_close()


def sent():
    """Send, and wait until it has left."""
    for each in delivery.nudge():
        each.result(timeout=10)


def test_nothing_leaves_by_default():
    assert delivery.nudge() == []


def test_the_webhook_is_sent_the_sentence_and_the_link_and_nothing_else(received):
    sent()
    ((path, _headers, body),) = received.posts
    assert path == "/hook?key=1"
    assert json.loads(body) == {"text": delivery.sentence(), "link": LINK}


def test_mail_says_the_sentence_and_the_link_and_nothing_else(settings):
    settings.LEEWARD_NOTICE_EMAIL = "desk@example.org"
    settings.LEEWARD_NOTICE_LINK = LINK
    sent()
    (letter,) = mail.outbox
    assert letter.subject == "You have something new to look at."
    assert letter.body == f"{delivery.sentence()}\n{LINK}"
    assert letter.to == ["desk@example.org"]


@pytest.mark.parametrize("fault", ["refused", "closed"])
def test_a_nudge_that_fails_fails_nobody_and_logs_no_address(received, settings, caplog, fault):
    if fault == "refused":
        received.answers.status = 500
    else:
        settings.LEEWARD_NOTICE_WEBHOOK = "https://127.0.0.1:1/secret-part"
    with caplog.at_level(logging.WARNING):
        sent()
    assert [each.message for each in caplog.records] == [
        "A nudge about a notice could not be delivered."
    ]


@pytest.mark.django_db
def test_a_nudge_leaves_after_the_write_and_not_with_one_that_is_undone(
    actor, wren, monkeypatch, django_capture_on_commit_callbacks
):
    nudges = []
    monkeypatch.setattr("leeward.notices.actions.nudge", lambda: nudges.append(1))
    with django_capture_on_commit_callbacks(execute=True) as waiting:
        tell(by=actor, agency_id=actor.agency_id, kind=INVENTED.name, to_worker=wren.pk)
        assert not nudges
    assert len(waiting) == len(nudges) == 1
