"""A worker who is locked out of a file uses Find and New file to learn whether it is there."""

import pytest
from django.urls import reverse

from leeward.access.actors import actor_for
from leeward.accounts.factories import AgencyFactory, WorkerFactory
from leeward.audit.models import AuditRow
from leeward.notices.models import Notice
from leeward.people.factories import ConflictLockFactory, YoungPersonFactory
from leeward.people.models import SearchToken, YoungPerson
from leeward.people.standing.kinds import SAME_NAME, UNUSUAL
from tests.alike import answer, differences

pytestmark = pytest.mark.django_db

NAME, NEAR = "Zéphirine Exemple-Unseen", "Zefirin Exemple"
TRIES = [
    {"q": NAME}, {"q": NEAR}, {"q": "Zéphirine"}, {"q": "ZEU"}, {"q": "ze"},
    {"q": NAME, "born": "2009"}, {"q": NAME, "born": "2009-11-30"}, {"q": NAME, "then": "record"},
]  # fmt: skip


@pytest.fixture
def person(agency, wren):
    return YoungPersonFactory(agency=agency, opened_by=wren, name_used=NAME, team=[wren])


@pytest.fixture
def officer(agency):
    return WorkerFactory(agency=agency, role="privacy_officer")


@pytest.fixture
def locked_out(client, person, colleague):
    """A colleague under a lock, signed in. Somebody else here has a name a little like it."""
    ConflictLockFactory(person=person, worker=colleague)
    YoungPersonFactory(agency=person.agency, name_used="Zed Sample")
    client.force_login(colleague)
    client.get(reverse("home"))
    return client


def as_if_it_never_were(person):
    """The file is a stranger's, and its search tokens too."""
    elsewhere = AgencyFactory()
    YoungPerson.objects.filter(pk=person.pk).update(agency=elsewhere)
    SearchToken.objects.filter(person=person).update(agency=elsewhere)


def new_file(client, name, **more):
    return answer(client, "post", reverse("open_file"), {"name_used": name, **more})


def told(officer):
    return [each.kind for each in Notice.objects.for_(actor_for(officer))]


@pytest.mark.parametrize("tried", [{"name_used": NAME}, {"name_used": NEAR, "born": "2009"}])
def test_search_as_oracle(locked_out, person, officer, tried):
    asks = [("post", reverse("find"), each) for each in TRIES]
    asks.append(("post", reverse("open_file"), {"asked": NAME}))
    with_it = [answer(locked_out, *ask) for ask in asks]
    made = answer(locked_out, "post", reverse("open_file"), tried)
    assert told(officer) == [SAME_NAME.name]
    made_it = YoungPerson.objects.exclude(pk=person.pk).latest("opened_at")
    # What was made must not be found by the second round.
    as_if_it_never_were(made_it)
    as_if_it_never_were(person)
    without = [answer(locked_out, *ask) for ask in asks]
    made_without = answer(locked_out, "post", reverse("open_file"), tried)
    for ask, one, other in zip(asks, with_it, without, strict=True):
        assert one[0] == 200
        assert not differences(one, other), ask
    assert made[0] == 302, "creating goes on as if there were none"
    # As many questions, of one shape: one keeps the notice, or takes it back.
    assert differences(made, made_without) == [
        '- RELEASE SAVEPOINT "?"', '+ ROLLBACK TO SAVEPOINT "?"',
    ]  # fmt: skip
    assert told(officer) == [SAME_NAME.name], "and nobody is told where nothing is hidden"


def test_without_the_lock_find_and_new_file_would_have_shown_it(client, person, colleague):
    """What the check above rests on."""
    client.force_login(colleague)
    for each in TRIES[:2]:
        assert NAME in client.post(reverse("find"), each).content.decode()
    assert NAME in new_file(client, NAME)[2]


def test_whoever_is_told_finds_both_and_the_worker_hears_nothing(
    locked_out, client, person, officer, colleague
):
    new_file(locked_out, NAME)
    assert not Notice.objects.for_(actor_for(colleague)).exists()
    (notice,) = Notice.objects.for_(actor_for(officer))
    assert notice.about != person.pk
    client.force_login(officer)
    there = client.post(reverse("notice_open", args=[notice.pk])).url
    assert NAME in client.get(there).content.decode()
    both = client.post(reverse("find"), {"q": NAME}).content.decode()
    assert both.count(reverse("locks", args=[person.pk])) == 1
    assert both.count(reverse("locks", args=[notice.about])) == 1


def test_searching_very_many_names_is_refused_kindly_and_recorded(locked_out, colleague, settings):
    settings.LEEWARD_SEARCHES = (5, 10)
    for n in range(5):
        assert locked_out.post(reverse("find"), {"q": f"Zeph {n}"}).status_code == 200
    refused = locked_out.post(reverse("find"), {"q": NAME})
    page = refused.content.decode()
    assert refused.status_code == 429
    assert "Please wait a little, then search again." in page
    assert f'value="{NAME}"' in page, "what was typed is kept"
    row = AuditRow.objects.latest("id")
    assert (row.actor_id, row.action, row.outcome) == (colleague.pk, "find", "refused")
    assert "Zéphirine" not in str(AuditRow.objects.values())
    # The same for a file whose name somebody has whom they may know of.
    alike = locked_out.post(reverse("open_file"), {"name_used": "Zed Sample"})
    assert alike.status_code == 429
    assert "Zed Sample" in alike.content.decode()
    assert not YoungPerson.objects.filter(opened_by=colleague).exists()


def test_the_limit_is_each_workers_own(locked_out, client, agency, settings):
    settings.LEEWARD_SEARCHES = (1, 10)
    locked_out.post(reverse("find"), {"q": "a name"})
    assert locked_out.post(reverse("find"), {"q": "a name"}).status_code == 429
    client.force_login(WorkerFactory(agency=agency))
    assert client.post(reverse("find"), {"q": "a name"}).status_code == 200


def test_no_nudge_leaves_that_whoever_acts_could_wait_for(
    locked_out, officer, settings, monkeypatch, django_capture_on_commit_callbacks
):
    """The address that a nudge goes to may be a channel that the whole office reads."""
    nudges = []
    monkeypatch.setattr("leeward.notices.actions.nudge", lambda: nudges.append(1))
    settings.LEEWARD_UNUSUAL = settings.LEEWARD_UNUSUAL | {"searches": (2, 24)}
    with django_capture_on_commit_callbacks(execute=True):
        assert new_file(locked_out, NAME)[0] == 302
        for asked in TRIES[:3]:
            locked_out.post(reverse("find"), asked)
    assert set(told(officer)) == {SAME_NAME.name, UNUSUAL.name}
    assert not nudges
