"""Check: a sealed value, or a key, that was moved does not open, wherever it was put.

The attacker can write to the database: they put one young person's sealed words where somebody
who may read another's file will see them.
"""

import pytest

from leeward.access.actors import SYSTEM
from leeward.people.factories import YoungPersonFactory
from leeward.people.models import OwnWords, Strength, YoungPerson
from leeward.practice_desk.invented.populate import populate
from leeward.sealing import keyring
from leeward.sealing.codec import DoesNotOpen
from leeward.sealing.fields import Sealed, holder_of
from leeward.sealing.models import DataKey
from leeward.sealing.resealing import sealed_models

pytestmark = pytest.mark.django_db


def put(model, pk, column, sealed):
    """Write raw bytes into a column, as somebody at the database would."""
    # `Sealed` is what a field takes for sealed already.
    model._base_manager.filter(pk=pk).update(**{column: Sealed(sealed)})


def raw(row, name):
    """A sealed value as it lies there."""
    held = type(row).objects.get(pk=row.pk).__dict__[name]
    return bytes(held)


def refuses(row, name):
    """Whether reading a field of the row, as it now lies there, is refused."""
    fresh = type(row).objects.get(pk=row.pk)
    with pytest.raises(DoesNotOpen):
        getattr(fresh, name)
    return True


@pytest.fixture
def strengths(person):
    return [
        Strength.objects.create(person=person, recorded_by=person.opened_by, text=text)
        for text in ("Invented chess", "Invented songs")
    ]


def test_ciphertext_moved_to_another_row(person, strengths, outsider):
    """Row, column, table, person, agency: none of them opens what belongs elsewhere."""
    chess, songs = strengths
    sealed = raw(chess, "text")
    put(Strength, songs.pk, "text", sealed)
    assert refuses(songs, "text")

    put(YoungPerson, person.pk, "caring", raw(person, "name_used"))
    assert refuses(person, "caring")

    words = OwnWords.objects.create(
        person=person, recorded_by=person.opened_by, said_on="2025-03-10", text="Invented"
    )
    put(OwnWords, words.pk, "text", sealed)
    assert refuses(words, "text")

    for agency in (person.agency, outsider.agency):
        other = YoungPersonFactory(agency=agency)
        put(YoungPerson, other.pk, "name_used", raw(person, "name_used"))
        assert refuses(other, "name_used")

    # What was not moved still opens: the refusals were the move's doing.
    assert Strength.objects.get(pk=chess.pk).text == "Invented chess"
    assert YoungPerson.objects.get(pk=person.pk).name_used == "Noʔeli"


def test_a_row_given_to_somebody_else_does_not_open(person, strengths):
    other = YoungPersonFactory(agency=person.agency)
    Strength.objects.filter(pk=strengths[0].pk).update(person=other)
    assert refuses(strengths[0], "text")


def test_a_row_given_to_somebody_else_with_the_key_that_sealed_it_does_not_open(person, strengths):
    """The key too was moved in the keyring: it opens for its own holder, at its own agency."""
    other = YoungPersonFactory(agency=person.agency)
    stolen = DataKey.objects.get(holder=person.pk)
    DataKey.objects.filter(holder=other.pk).update(sealed=stolen.sealed, under=stolen.under)
    Strength.objects.filter(pk=strengths[0].pk).update(person=other)
    keyring.let_go()
    assert refuses(strengths[0], "text")


def test_in_every_table_a_value_opens_in_its_own_row_alone(db):
    populate(by=SYSTEM, people=8, seed=1)
    tried = set()
    for model, fields in sealed_models().items():
        rows = list(model._base_manager.order_by("pk")[:2])
        if len(rows) < 2:
            continue
        for field in fields:
            held = rows[0].__dict__[field.attname]
            if held is None:
                continue
            # With the very key that sealed it, so that the row alone makes the difference.
            rows[1].__dict__.update({field.attname: held})
            with pytest.raises(DoesNotOpen):
                field.open(_of_holder(rows[1], holder_of(rows[0])), held)
            field.open(rows[0], held)
            tried.add(model)
    assert len(tried) > 12


def _of_holder(row, holder):
    """The row as if it were the other's, where that is another column than its id."""
    for name in type(row).holder.split():
        if name != "id" and getattr(row, name) is not None:
            setattr(row, name, holder)
    return row
