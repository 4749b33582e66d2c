import pytest
from django.urls import reverse

from leeward.drafts.models import Draft
from leeward.practice_desk.tests.test_writing import FILLED


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
