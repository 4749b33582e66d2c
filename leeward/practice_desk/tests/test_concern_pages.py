"""The pages of a concern: nothing typed is lost, nothing linked unseen, and it is settled once."""

import pytest
from django.urls import reverse

from leeward.access.actors import actor_for
from leeward.concerns import actions
from leeward.concerns.factories import ConcernFactory
from leeward.concerns.models import Concern
from leeward.observations.models import Observation
from leeward.people.factories import ConflictLockFactory
from leeward.people.models import YoungPerson

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
CALL = {
    "words": "She sleeps at her desk.", "name": "Tamsin Pretend", "said_on": "2025-03-10",
    "urgency": "today", "came_by": "phone", "kind": "school", "by_name": "Morgan Sample",
}  # fmt: skip
FILED = {"q": "x", "whose": "new", "name": "Tamsin", "text": "She sleeps.", "harm": "none"}


@pytest.fixture
def desk(client, wren):
    client.force_login(wren)
    return client


@pytest.fixture
def concern(wren):
    return ConcernFactory(taken_by=wren)


def at(name, concern):
    return reverse(name, kwargs={"concern_id": concern.pk})


def test_what_was_typed_stays_beside_what_is_missing(desk):
    said = desk.post(reverse("concern_take"), CALL | {"name": ""})
    assert said.status_code == 422
    assert "She sleeps at her desk." in said.content.decode()
    assert not Concern.objects.exists()


def test_the_concern_does_not_say_who_told_it_and_its_own_page_does(desk):
    page = desk.post(reverse("concern_take"), CALL).url
    assert "Morgan Sample" not in desk.get(page).content.decode()
    who = at("concern_who", Concern.objects.get())
    assert "Morgan Sample" in desk.get(who).content.decode()


def test_home_shows_it_with_the_time_since(desk, concern):
    shown = desk.get(reverse("home")).content.decode()
    assert at("concern", concern) in shown
    assert "waiting" in shown


def test_somebody_alike_is_shown_before_a_file_is_opened(desk, concern, person):
    where = at("concern_accept", concern)
    given = FILED | {"name": person.name_used}
    said = desk.post(where, given)
    assert said.status_code == 422
    assert f'name="shown" value="{person.pk}"' in said.content.decode()
    assert "She sleeps." in said.content.decode()
    desk.post(where, given | {"shown": [str(person.pk)]})
    assert YoungPerson.objects.count() == 2


def test_a_file_that_is_locked_is_shown_to_nobody_kept_from_it(client, person, wren, colleague):
    concern = ConcernFactory(taken_by=colleague, name=person.name_used)
    ConflictLockFactory(person=person, worker=colleague, set_by=wren)
    client.force_login(colleague)
    shown = client.post(at("concern_accept", concern), {"q": person.name_used})
    assert str(person.pk) not in shown.content.decode()
    client.post(at("concern_hand", concern), {"person_id": str(person.pk)})
    client.post(at("concern_accept", concern), FILED | {"whose": str(person.pk)})
    concern.refresh_from_db()
    assert concern.person_id is None
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("name", "given"),
    [("concern_close", {"why": "x"}), ("concern_send_on", {"to_whom": "x", "why": "x"}),
     ("concern_accept", FILED)],
)  # fmt: skip
def test_what_is_settled_meanwhile_is_said_and_changes_nothing(desk, wren, concern, name, given):
    actions.close(by=actor_for(wren), concern=concern, why="A mistake")
    said = desk.post(at(name, concern), given)
    assert said.status_code == 422
    assert "settled this concern meanwhile" in said.content.decode()
    assert not YoungPerson.objects.exists()


@pytest.mark.parametrize("whose", ["", "nobody", "new"])
def test_whose_file_it_is_has_to_be_said(desk, concern, whose):
    said = desk.post(at("concern_accept", concern), FILED | {"whose": whose, "name": ""})
    assert said.status_code == 422
    assert "She sleeps." in said.content.decode()
