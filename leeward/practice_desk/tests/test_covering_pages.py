"""Arranging that somebody covers, and what a file says of it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from leeward.accounts.factories import WorkerFactory
from leeward.core.agency_time import today
from leeward.people.covering.models import Cover
from leeward.people.factories import (
    ConflictLockFactory,
    CoverFactory,
    CoverWordsFactory,
    YoungPersonFactory,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def noor(agency):
    """Who covers: a worker with another supervisor."""
    return WorkerFactory(agency=agency, display_name="Noor Sample", supervised_by=None)


def test_a_supervisor_arranges_it_and_ends_it(client, agency, supervisor, person, wren, noor):
    other = YoungPersonFactory(agency=agency, opened_by=wren, team=[wren])
    kept = YoungPersonFactory(agency=agency, opened_by=wren, team=[wren])
    ConflictLockFactory(person=kept, worker=noor, set_by=supervisor)
    client.force_login(supervisor)
    url = reverse("arrange_cover", args=[wren.pk])
    sent = {
        "starts_on": today().isoformat(),
        "ends_on": (today() + DAY).isoformat(),
        "worker": noor.pk,
        "chosen": [person.pk, kept.pk],
        f"first_{person.pk}": "Call on Tuesday",
        f"first_{other.pk}": "Not chosen",
    }
    page = client.post(url, sent)
    assert page.status_code == 422
    assert "Choose this file above" in page.content.decode()
    del sent[f"first_{other.pk}"]
    page = client.post(url, sent)
    assert page.status_code == 422
    assert f"leave them out: {kept.name_used}." in page.content.decode()
    assert not Cover.objects.exists()
    elsewhere = WorkerFactory(agency=agency)
    assert client.post(url, sent | {f"other_{kept.pk}": elsewhere.pk}).status_code == 302
    assert {(each.person_id, each.worker_id) for each in Cover.objects.all()} == {
        (person.pk, noor.pk),
        (kept.pk, elsewhere.pk),
    }
    team = client.get(reverse("my_team")).content.decode()
    assert "Noor Sample covers until" in team
    cover = Cover.objects.get(person=person)
    assert client.post(reverse("end_cover", args=[person.pk, cover.pk])).status_code == 302
    assert "Noor Sample covers until" not in client.get(reverse("my_team")).content.decode()
    # What is over has no page any more.
    assert client.post(reverse("end_cover", args=[person.pk, cover.pk])).status_code == 404


def test_nobody_arranges_it_for_somebody_elses_worker(client, supervisor, noor, wren, outsider):
    for worker, away, status in (
        (supervisor, noor, 404),
        (outsider, wren, 404),
        (wren, wren, 403),
    ):
        client.force_login(worker)
        assert client.get(reverse("arrange_cover", args=[away.pk])).status_code == status


def test_the_file_says_who_covers_and_is_not_there_when_it_is_over(client, person, wren, noor):
    cover = CoverFactory(person=person, worker=noor, away=wren)
    CoverWordsFactory(cover=cover)
    client.force_login(noor)
    url = reverse("overview", args=[person.pk])
    assert f"covers for {wren.display_name} until" in client.get(url).content.decode()
    client.post(reverse("cover_first", args=[person.pk, cover.pk]), {"words": "She rang"})
    assert cover.words.count() == 2
    Cover.objects.update(until=timezone.now())
    assert client.get(url).status_code == 404
