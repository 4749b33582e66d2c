import pytest
from django.urls import reverse

from leeward.accounts.factories import WorkerFactory
from leeward.drafts.models import Draft
from leeward.practice_desk.tests.test_writing import FILLED
from leeward.sealing import keyring


def test_draft_is_sealed_kept_and_given_back(desk, person):
    url = reverse("draft", args=[person.pk, "record"])
    saved = desk.post(url, {**FILLED, "harm": "", "draft_version": "0"})
    assert saved.status_code == 204
    assert saved.headers["X-Leeward-Draft-Version"] == "1"
    page = desk.get(reverse("record", args=[person.pk])).content.decode()
    assert FILLED["text"] in page
    assert "There is a problem" not in page
    assert "Note about" in desk.get(reverse("home")).content.decode()
    desk.post(reverse("record", args=[person.pk]), FILLED)
    assert not Draft.objects.exists()


def test_draft_from_an_older_window_overwrites_nothing(desk, person):
    url = reverse("draft", args=[person.pk, "record"])
    desk.post(url, {**FILLED, "draft_version": "0"})
    assert desk.post(url, {"text": "older", "draft_version": "0"}).status_code == 409
    assert Draft.objects.get().typed["text"] == [FILLED["text"]]


def test_draft_after_the_session_ended_says_so_and_writes_nothing(client, person):
    response = client.post(reverse("draft", args=[person.pk, "record"]), FILLED)
    assert response.status_code == 401
    assert response.headers["X-Leeward-Signed-Out"] == "1"
    assert not Draft.objects.exists()


def test_draft_of_another_worker_is_never_shown(client, desk, person, supervisor):
    desk.post(reverse("draft", args=[person.pk, "record"]), FILLED)
    client.force_login(supervisor)
    assert FILLED["text"] not in client.get(reverse("record", args=[person.pk])).content.decode()


@pytest.mark.parametrize("name", ["correct-" + "-" * 36, "correct-" + "a" * 36, "record\n"])
def test_draft_of_no_form_is_refused_and_home_stays_whole(desk, person, name):
    """A minute at somebody's open browser must not take their Home away from them."""
    url = reverse("draft", args=[person.pk, name])
    assert desk.post(url, {**FILLED, "draft_version": "0"}).status_code == 404
    assert not Draft.objects.exists()
    assert desk.get(reverse("home")).status_code == 200


def test_draft_thrown_away_is_gone(desk, person):
    url = reverse("draft", args=[person.pk, "record"])
    desk.post(url, FILLED)
    desk.post(url, {"throw_away": "yes"})
    assert not Draft.objects.exists()


CONCERN = {"words": "She sleeps at her desk.", "name": "", "urgency": "not_said", "kind": "school"}


def test_a_concern_half_taken_down_is_given_back_and_goes_when_it_is_kept(desk, client):
    url, page = reverse("concern_draft"), reverse("concern_take")
    saved = desk.post(url, {**CONCERN, "draft_version": "0"})
    assert (saved.status_code, saved.headers["X-Leeward-Draft-Version"]) == (204, "1")
    draft = Draft.objects.get()
    assert keyring.has_key(draft.pk)
    again = desk.get(page).content.decode()
    assert CONCERN["words"] in again
    assert "There is a problem" not in again
    assert 'data-draft-version="1"' in again
    assert page in desk.get(reverse("home")).content.decode().partition('id="drafts"')[2]
    # A mistake keeps its place among the windows that are open.
    told = {**CONCERN, "came_by": "phone", "said_on": "2025-03-10"}
    wrong = desk.post(page, told)
    assert wrong.status_code == 422
    assert 'data-draft-version="1"' in wrong.content.decode()
    desk.post(page, told | {"name": "Tamsin Pretend"})
    assert not Draft.objects.exists()
    assert CONCERN["words"] not in desk.get(page).content.decode()


def test_a_concern_half_taken_down_is_for_its_writer_alone(desk, client, supervisor, wren):
    url, page = reverse("concern_draft"), reverse("concern_take")
    desk.post(url, CONCERN)
    client.force_login(supervisor)
    assert CONCERN["words"] not in client.get(page).content.decode()
    client.post(url, {"throw_away": "yes"})
    assert Draft.objects.count() == 1
    client.force_login(WorkerFactory(agency=wren.agency, role="privacy_officer"))
    assert client.post(url, CONCERN).status_code == 403
    client.force_login(wren)
    assert client.post(url, {"throw_away": "yes"}).url == page
    assert not Draft.objects.exists()
