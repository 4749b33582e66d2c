"""What an agency offers: which faces, and where leaving leads. The newest choice counts."""

import pytest
from django.db import IntegrityError, transaction

from leeward.access.actors import actor_for, young_person
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import AgencyFactory
from leeward.administration.factories import AdministratorFactory
from leeward.audit.models import AuditRow
from leeward.entry import actions as entry_actions
from leeward.entry.choosing.actions import NotInstalled, choose_offered
from leeward.entry.coming_in import come_in, look
from leeward.entry.faces import named, places
from leeward.entry.factories import OWN_NUMBER, WORDS, AgencyChoiceFactory, EntryFactory
from leeward.entry.models import AgencyChoice
from leeward.entry.queries import offered_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(person):
    """An administrator of Noʔeli's agency."""
    return actor_for(AdministratorFactory(agency=person.agency))


def slugs(agency_id):
    return [each.slug for each in offered_by(agency_id).faces]


def test_without_a_choice_it_is_the_installations(person, settings):
    settings.LEEWARD_MY_SPACE_FACES = ("weather", "notes")
    assert slugs(person.agency_id) == ["weather", "notes"]
    assert offered_by(person.agency_id).leave_to == settings.LEEWARD_MY_SPACE_LEAVE_TO


def test_the_newest_choice_counts_at_that_agency_alone(person, admin):
    choose_offered(by=admin, faces=["notes"], leave_to=places()[0])
    choose_offered(by=admin, faces=["recipes", "weather"], leave_to=places()[1])
    assert slugs(person.agency_id) == ["weather", "recipes"]
    assert offered_by(person.agency_id).leave_to == places()[1]
    assert len(slugs(AgencyFactory().pk)) == 3
    assert AgencyChoice.objects.count() == 2
    row = AuditRow.objects.latest("id")
    assert (row.action, row.purpose, row.actor_id) == ("space.choose", "weather recipes", admin.id)


@pytest.mark.parametrize(
    ("faces", "leave_to"),
    [
        ([], "https://www.wikipedia.org/"),
        (["diary"], "https://www.wikipedia.org/"),
        (["notes", "diary"], "https://www.wikipedia.org/"),
        (["notes"], "https://example.org/"),
        (["notes"], "javascript:alert(1)"),
    ],
)
def test_only_what_the_installation_has_can_be_chosen(admin, faces, leave_to):
    with pytest.raises(NotInstalled):
        choose_offered(by=admin, faces=faces, leave_to=leave_to)
    assert not AgencyChoice.objects.exists()


def test_what_the_installation_took_away_since_falls_back_to_what_it_has(person, settings):
    AgencyChoiceFactory(chosen_by__agency=person.agency)
    settings.LEEWARD_MY_SPACE_FACES = ("notes",)
    settings.LEEWARD_MY_SPACE_PLACES = ()
    assert slugs(person.agency_id) == ["notes"]
    assert offered_by(person.agency_id).leave_to == settings.LEEWARD_MY_SPACE_LEAVE_TO


def test_nobody_but_an_administrator_chooses(person, actor, supervisor):
    me = young_person(person.pk, person.agency_id)
    for by in (actor, actor_for(supervisor), me):
        with pytest.raises(NotAllowed):
            choose_offered(by=by, faces=["notes"], leave_to=places()[0])
        assert not AgencyChoice.objects.visible_to(by).exists()


def test_a_choice_is_seen_at_its_agency_and_never_changed(admin, person):
    mine, other = AgencyChoiceFactory(chosen_by__agency=person.agency), AgencyChoiceFactory()
    assert list(AgencyChoice.objects.visible_to(admin)) == [mine]
    with pytest.raises(TypeError):
        other.save()
    with pytest.raises(TypeError):
        other.delete()


@pytest.mark.parametrize("said", [{"faces": ""}, {"leave_to": "http://example.org/"}])
def test_the_database_keeps_a_choice_whole(said):
    with pytest.raises(IntegrityError), transaction.atomic():
        AgencyChoiceFactory(**said)


def test_a_young_person_is_offered_what_their_agency_offers(person, actor):
    AgencyChoiceFactory(chosen_by__agency=person.agency)
    said = {"language": "en", "watched": "no", "where": "own", "person": person, "by": actor}
    with pytest.raises(entry_actions.FaceNotOffered):
        entry_actions.offer(face="notes", **said)
    assert entry_actions.offer(face="recipes", **said).face == "recipes"


def test_whoever_has_a_face_keeps_it_and_leaves_where_their_agency_says(person):
    EntryFactory(person=person)
    AgencyChoiceFactory(chosen_by__agency=person.agency)
    here = look(come_in(words=WORDS, number=OWN_NUMBER, borrowed=False))
    assert here.face == "notes"
    assert here.leave_to == "https://www.wikipedia.org/"


def test_a_place_is_named_as_one_says_it():
    assert named("https://www.wikipedia.org/") == "wikipedia.org"
