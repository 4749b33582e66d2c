"""Whoever reads a screen, a mailbox or a telephone over a worker's shoulder learns nothing."""

import json
import re
import uuid
from typing import ClassVar

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.db.models import CharField, JSONField, TextField
from django.urls import reverse
from django.utils import timezone, translation

from leeward.notices import delivery, kinds
from leeward.notices.actions import tell
from leeward.notices.factories import INVENTED, NoticeFactory
from leeward.notices.models import Notice
from leeward.people.factories import YoungPersonFactory
from leeward.practice_desk.urls import urlpatterns
from tests.cast import full_file

pytestmark = pytest.mark.django_db
NAME = "Noʔeli"
# What an agency is for, and the words of its files, in either language.
PURPOSE = re.compile(
    r"\b(child|youth|young|enfant|jeune|society|société|aid|agency|organisme|exploit|traffick"
    r"|traite|sexual|abuse|victim|missing|disparu|police|harm|risk|stage|étape|file|dossier"
    r"|leeward)",
    re.IGNORECASE,
)
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@pytest.fixture
def told(actor, person, wren):
    """A notice to Wren about a file, as an action makes it."""
    return tell(
        by=actor, agency_id=actor.agency_id, kind=INVENTED.name, to_worker=wren.pk,
        about=person.pk,
    )  # fmt: skip


class Line:
    """Stands where the machine at the other end would, and keeps what it is sent."""

    posted: ClassVar[list[tuple[str, str, dict[str, str]]]] = []

    def __init__(self, *_args, **_options):
        pass

    def request(self, _method, path, body, headers):
        self.posted.append((path, body, headers))

    def getresponse(self):
        return type("Answer", (), {"status": 204})

    def close(self):
        pass


@pytest.fixture
def leaves(settings, monkeypatch):
    """All that leaves by webhook and by mail: `(posts, letters)`."""
    monkeypatch.setattr(delivery, "HTTPSConnection", Line)
    monkeypatch.setattr(Line, "posted", [])
    settings.LEEWARD_NOTICE_WEBHOOK = "https://hook.example.org/in"
    settings.LEEWARD_NOTICE_EMAIL = "desk@example.org"
    settings.LEEWARD_NOTICE_LINK = "https://desk.example.org/"
    waiting = []
    monkeypatch.setattr("leeward.notices.actions.nudge", lambda: waiting.extend(delivery.nudge()))

    def left():
        for each in waiting:
            each.result(timeout=10)
        return Line.posted, mail.outbox

    return left


def test_content_free_notifications(
    leaves, actor, person, wren, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        notice = tell(
            by=actor, agency_id=actor.agency_id, kind=INVENTED.name, to_worker=wren.pk,
            about=person.pk,
        )  # fmt: skip
    ((path, body, headers),), (letter,) = leaves()
    assert json.loads(body) == {
        "text": delivery.sentence(), "link": "https://desk.example.org/",
    }  # fmt: skip
    secrets = [NAME, "N.", wren.display_name, wren.agency.name, INVENTED.name]
    secrets += [str(each) for each in (person.pk, notice.pk, wren.pk, wren.agency_id)]
    for said in (path, body, str(headers), letter.message().as_string()):
        assert not [each for each in secrets if each in said]
    for said in (body, letter.subject, letter.body, letter.from_email):
        assert not PURPOSE.search(said), said


def test_every_notice_leaves_alike(
    leaves, monkeypatch, actor, person, wren, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register("tests.urgent", "Something else")
    to = {"by": actor, "agency_id": actor.agency_id}
    with django_capture_on_commit_callbacks(execute=True):
        tell(**to, kind=INVENTED.name, to_worker=wren.pk, about=person.pk)
        tell(**to, kind="tests.urgent", to_role="supervisor", until=timezone.now())
    posts, (first, second) = leaves()
    assert posts[0] == posts[1]
    assert (first.subject, first.body, first.to) == (second.subject, second.body, second.to)


def test_a_stored_notice_is_a_kind_and_opaque_ids(told):
    words = {
        each.name
        for each in Notice._meta.fields
        if isinstance(each, CharField | TextField | JSONField)
    }
    assert words == {"kind", "to_role", "outcome"}, "a notice has room for words"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_notice")
        held = " ".join(str(each) for each in cursor.fetchone())
    assert INVENTED.name in held
    assert NAME not in held
    for model in apps.get_app_config("notices").get_models():
        assert not [each for each in model._meta.get_fields() if each.is_relation]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_words_of_every_kind_say_nothing_of_anybody(language):
    with translation.override(language):
        for kind in kinds.registered().values():
            said = str(kind.title)
            assert said
            assert not kinds.TAKES_SOMETHING_IN.search(said), kind.name


def test_a_notice_about_a_file_one_may_not_open_names_nobody(
    client, person, wren, colleague, outsider
):
    not_there = uuid.uuid4()
    for reader in (colleague, outsider):
        client.force_login(reader)
        row = NoticeFactory(to=reader, about=person.pk)
        theirs = {name: client.get(reverse(name)).content.decode() for name in PAGES}
        Notice.objects.filter(pk=row.pk).update(about=not_there)
        nobodys = {name: client.get(reverse(name)).content.decode() for name in PAGES}
        for name in PAGES:
            assert "something new" in theirs[name]
            for shown in (NAME, str(person.pk), "likeness--"):
                assert shown not in theirs[name]
            assert _without_tokens(theirs[name]) == _without_tokens(nobodys[name])


PAGES = ("home", "notices")


def _without_tokens(page):
    """A page without what is drawn anew for each look at it."""
    page = re.sub(r'value="[\w:.-]{20,}"', "", page)
    return re.sub(r'nonce="[^"]*"', "", page)


def test_whoever_may_open_the_file_is_helped_by_its_name(desk, person, told):
    assert NAME in desk.get(reverse("notices")).content.decode()


def _addresses(file):
    for each in urlpatterns:
        asked = re.findall(r"<(?:\w+:)?(\w+)>", str(each.pattern))
        if each.name and set(asked) <= set(file.ids()):
            yield reverse(each.name, kwargs={name: file.ids()[name] for name in asked})


def test_no_page_title_and_no_file_name_says_who(client, person, wren, supervisor):
    other = YoungPersonFactory(agency=person.agency, opened_by=wren, name_used="Ulla Pretend")
    file = full_file(person, wren, supervisor)
    client.force_login(supervisor)
    looked_at = 0
    for address in _addresses(file):
        answer = client.get(address)
        title = TITLE.search(answer.content.decode("utf-8", "replace"))
        said = f"{title.group(1) if title else ''} {answer.headers.get('Content-Disposition', '')}"
        looked_at += bool(said.strip())
        for secret in (NAME, other.name_used, person.agency.name, str(person.pk), "likeness"):
            assert secret not in said, address
    assert looked_at > 20
