"""A file with something of everything, and a partner it is given to."""

import pytest

from leeward.access.actors import actor_for
from leeward.accounts.factories import AgencyFactory, WorkerFactory
from leeward.consents.factories import ConsentFactory
from leeward.consents.models import Kind
from leeward.disclosures import actions
from leeward.disclosures.drafting import (
    Asked,
    draft_of,
)
from leeward.disclosures.pieces import pieces_of
from leeward.missing.factories import EpisodeFactory
from leeward.observations.factories import ObservationFactory
from leeward.people.factories import (
    SafeContactFactory,
    StrengthFactory,
)
from leeward.plans.factories import ItemVersionFactory

SECRET = "Xylograph-never-given"


@pytest.fixture
def police():
    """A partner agency, and the one worker of it who may receive."""
    return WorkerFactory(
        agency=AgencyFactory(name="Made-Up Police", kind="police"),
        role="police_partner",
        display_name="Piper Sample",
        username="piper",
    )


@pytest.fixture
def piper(police):
    return actor_for(police)


@pytest.fixture
def consent(person, police):
    return ConsentFactory(person=person, to_agency=police.agency)


@pytest.fixture
def full(person):
    """A file with something of every kind, and more that cannot be given."""
    ObservationFactory(person=person, text="She painted.", own_words="look", good_news="art!")
    StrengthFactory(person=person, text="kind")
    SafeContactFactory(person=person, code_word=SECRET)
    EpisodeFactory(person=person, ended=True)
    ItemVersionFactory(person_of=person, words="a window")
    return person


@pytest.fixture
def asked(actor, person, consent, full):
    """`asked("notes")`: everything of these kinds, under the consent."""

    def of(*kinds, **more):
        kinds = kinds or Kind.values
        keys = [each.key for each in pieces_of(actor, person) if each.kind in kinds]
        said = {"pieces": keys, "names": "piper sample", "mark": "m", "consent_id": consent.pk}
        return Asked(**said | more)

    return of


@pytest.fixture
def give(actor, person, asked):
    """Give what was previewed."""

    def of(*kinds, **more):
        wanted = asked(*kinds, **more)
        draft = draft_of(by=actor, person=person, asked=wanted)
        return actions.give(by=actor, person=person, asked=wanted, digest=draft.digest)

    return of
