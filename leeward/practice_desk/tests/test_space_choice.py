"""An administrator chooses what My space may look like, and where leaving it leads."""

import pytest
from django.urls import reverse

from leeward.administration.factories import AdministratorFactory
from leeward.entry.factories import AgencyChoiceFactory
from leeward.entry.models import AgencyChoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return reverse("space_choice")


@pytest.fixture
def office(client, person):
    """A browser in which an administrator of Noʔeli's agency is signed in."""
    client.force_login(AdministratorFactory(agency=person.agency))
    return client


def test_an_administrator_chooses_and_finds_it_chosen(office, page):
    assert page in office.get(reverse("administration")).content.decode()
    said = {"faces": ["weather"], "leave_to": "https://www.wikipedia.org/"}
    assert office.post(page, said).url == reverse("administration")
    assert AgencyChoice.objects.get().faces == "weather"
    form = office.get(page).context["form"]
    assert (form["faces"].value(), form["leave_to"].value()) == (["weather"], said["leave_to"])


@pytest.mark.parametrize(
    "said",
    [
        {"faces": [], "leave_to": "https://www.wikipedia.org/"},
        {"faces": ["weather"], "leave_to": ""},
        {"faces": ["weather"], "leave_to": "https://example.org/"},
    ],
)
def test_what_cannot_be_is_sent_back_as_it_was_typed(office, page, said):
    response = office.post(page, said)
    assert response.status_code == 422
    assert response.context["form"]["faces"].value() == said["faces"]
    assert not AgencyChoice.objects.exists()


def test_the_worker_and_the_young_person_pick_among_those(client, wren, person):
    AgencyChoiceFactory(chosen_by__agency=person.agency)
    client.force_login(wren)
    offer = reverse("space_offer", args=[person.pk])
    response = client.get(offer)
    assert [value for value, _ in response.context["form"].fields["face"].choices] == ["recipes"]
    assert "wikipedia.org comes" in response.content.decode()
    found = {"language": "en", "watched": "no", "where": "own", "read": "yes"}
    assert client.post(offer, found | {"face": "notes"}).status_code == 422
    assert client.post(offer, found | {"face": "recipes"}).status_code == 302
