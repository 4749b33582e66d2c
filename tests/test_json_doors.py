"""Doors that scripts knock on: whatever comes, they never break and never say it back.

`draft.js` posts forms and reads the status and two headers; `passkey.js` asks for the question
that a device answers, which is JSON. The first test here sends the author of another to DOORS.
"""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

import leeward
from leeward.drafts.models import Draft
from leeward.practice_desk.urls import urlpatterns

# Doors by name, and the statuses each may answer with, whoever asks.
DOORS = {
    "draft": {204, 302, 400, 401, 403, 404, 405, 409},
    "concern_draft": {204, 302, 400, 401, 403, 405, 409},
    "sign_in_over": {204, 400, 401, 403, 405, 422, 429},
    # What a device is asked: a random question, which no word that was sent is part of.
    "passkey_ask": {200, 400, 403, 405},
    "start_passkey": {400, 403, 404, 405},
    "passkey_make": {200, 302, 400, 401, 403, 405},
}
# Files whose views answer JSON and are among DOORS; those of My space are tried beside its pages.
TRIED = {"second_step.py", "start.py", "passkeys.py"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
# Stands in everything that is sent, so that an echo of any part of it is seen.
MARK = "qqzorbleqq"

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

names = st.sampled_from(
    ["text", "draft_version", "throw_away", "written_by", "carried", "worker", "login", "password",
     "csrfmiddlewaretoken", "sign-x", ""]
) | st.text(max_size=20)  # fmt: skip
values = st.text(max_size=60).map(lambda text: f"{MARK}{text}") | st.sampled_from(
    ["yes", "0", "-1", "9" * 40, "1e9", "٣", "null", "NaN", "\x00", "{}", "[]", "🧵" * 50]
)
forms = st.dictionaries(names, values | st.lists(values, max_size=3), max_size=6)
raw = st.binary(max_size=200).map(lambda some: MARK.encode() + some)
content_types = st.sampled_from(
    ["application/json", "application/x-www-form-urlencoded", "text/plain", "application/xml",
     "application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data",
     "multipart/form-data; boundary=x", "a/b; charset=nonsense", ""]
)  # fmt: skip
# What a header may hold on its way through a server: no line ends.
header_words = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40).map(
    lambda text: f"{MARK}{text}"
)
headers = st.dictionaries(
    st.sampled_from(
        ["accept", "accept-language", "origin", "referer", "cookie", "hx-request", "hx-target",
         "hx-current-url", "x-requested-with", "x-csrftoken", "user-agent", "if-none-match",
         "range", "x-forwarded-for", "x-http-method-override"]
    ),
    header_words,
    max_size=4,
)  # fmt: skip


def _door(name, person, form):
    if name == "draft":
        return reverse("draft", args=[person.pk, form])
    return reverse(name)


def _right(name, response):
    """The answer is one of ours, and none of what was sent is in it."""
    assert response.status_code in DOORS[name]
    spoken = "\n".join(f"{key}: {value}" for key, value in response.headers.items())
    assert MARK not in spoken
    assert MARK.encode() not in response.content
    kind = response.headers.get("Content-Type", "")
    # A page comes back to a person who was signed out; scripts read no other.
    plain = not response.content or response.status_code in {302, 400, 401, 403, 404}
    assert plain or kind.startswith("application/json")


def test_no_page_answers_json_that_is_not_tried_here():
    known = {each.name for each in urlpatterns}
    assert set(DOORS) <= known
    answers = re.compile(r"JsonResponse|content_type=\"application/json")
    root = Path(leeward.__file__).parent
    found = [
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if path.name not in TRIED and answers.search(path.read_text(encoding="utf-8"))
    ]
    assert found == [], "add its name to DOORS, and take its file out of this search"


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize("who", ["wren", "outsider", None])
def test_any_form_is_answered_and_none_is_said_back(request, person, name, who):
    worker = request.getfixturevalue(who) if who else None

    @settings(max_examples=40)
    @given(
        method=st.sampled_from(METHODS),
        typed=forms,
        sent=headers,
        form=st.sampled_from(["record", "correct-0", "x", "record\n", "%00", "x" * 300]),
    )
    def tries(method, typed, sent, form):
        client = Client(raise_request_exception=True)
        if worker:
            client.force_login(worker)
        url = _door(name, person, form)
        if method == "POST":
            response = client.post(url, typed, headers=sent)
        else:
            response = client.generic(method, url, MARK.encode(), headers=sent)
        _right(name, response)

    tries()


@pytest.mark.parametrize("name", DOORS)
def test_any_bytes_under_any_name_are_answered(wren, person, name):
    @settings(max_examples=60)
    @given(method=st.sampled_from(METHODS), body=raw, kind=content_types, sent=headers)
    def tries(method, body, kind, sent):
        client = Client(raise_request_exception=True)
        client.force_login(wren)
        url = _door(name, person, "record")
        _right(name, client.generic(method, url, body, content_type=kind, headers=sent))

    tries()


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize("method", sorted(set(METHODS) - {"POST"}))
def test_only_post_is_taken(wren, person, name, method):
    client = Client()
    client.force_login(wren)
    assert client.generic(method, _door(name, person, "record")).status_code == 405
    assert not Draft.objects.exists()


def test_a_door_takes_nothing_without_its_token(wren, person):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(wren)
    for name in DOORS:
        assert strict.post(_door(name, person, "record"), {"text": MARK}).status_code == 403
    assert not Draft.objects.exists()
