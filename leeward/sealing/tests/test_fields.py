import pytest
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from leeward.people.factories import StrengthFactory, YoungPersonFactory
from leeward.people.models import Strength, YoungPerson
from leeward.sealing.codec import DoesNotOpen
from leeward.sealing.fields import Sealed, SealedJSON, SealedText

pytestmark = pytest.mark.django_db

SECRET = "ᓄᐁᓖ Noʔeli Example"
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
# PostgreSQL and UTF-8 have no lone surrogates; nothing a browser sends holds one.
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.fixture
def noeli():
    return YoungPersonFactory(name_used=SECRET, other_names=["Nelly Example"])


def stored(model, pk):
    """Every column of one row as it lies in the database."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return next(row for row in rows if str(row["id"]).replace("-", "") == pk.hex)


@given(text=ANY_TEXT)
def test_any_text_comes_back_as_it_was(noeli, text):
    strength = StrengthFactory.build(person=noeli, recorded_by=noeli.opened_by, text=text)
    field = Strength._meta.get_field("text")
    sealed = field.pre_save(strength, add=True)
    again = Strength(id=strength.pk, person=noeli, text=sealed)
    assert again.text == text


@given(value=ANY_JSON)
def test_any_structure_comes_back_as_it_was(noeli, value):
    person = YoungPerson(id=noeli.pk, other_names=value)
    field = YoungPerson._meta.get_field("other_names")
    again = YoungPerson(id=person.pk, other_names=field.pre_save(person, add=True))
    assert again.other_names == value


def test_what_is_saved_is_read_again(noeli):
    again = YoungPerson.objects.get(pk=noeli.pk)
    assert (again.name_used, again.other_names) == (SECRET, ["Nelly Example"])


def test_empty_text_is_stored_as_null_and_read_as_empty(noeli):
    assert stored(YoungPerson, noeli.pk)["pronouns"] is None
    assert YoungPerson.objects.get(pk=noeli.pk).pronouns == ""


def test_raw_sql_shows_no_plaintext(noeli):
    row = stored(YoungPerson, noeli.pk)
    held = b" ".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for value in row.values()
    )
    for word in ("Example", "Noʔeli", "ᓄᐁᓖ", "Nelly", "2009"):
        assert word.encode() not in held


def test_a_value_stays_shut_until_it_is_read(noeli):
    again = YoungPerson.objects.get(pk=noeli.pk)
    assert isinstance(again.__dict__["name_used"], Sealed)
    assert again.name_used == SECRET
    assert again.__dict__["name_used"] == SECRET


def test_a_value_moved_to_another_row_does_not_open(noeli):
    other = YoungPersonFactory()
    sealed = YoungPerson.objects.get(pk=noeli.pk).__dict__["name_used"]
    YoungPerson.objects.filter(pk=other.pk).update(name_used=sealed)
    with pytest.raises(DoesNotOpen):
        _ = YoungPerson.objects.get(pk=other.pk).name_used


def test_a_value_moved_to_another_column_does_not_open(noeli):
    sealed = YoungPerson.objects.get(pk=noeli.pk).__dict__["name_used"]
    YoungPerson.objects.filter(pk=noeli.pk).update(pronouns=sealed)
    with pytest.raises(DoesNotOpen):
        _ = YoungPerson.objects.get(pk=noeli.pk).pronouns


def test_update_with_open_text_is_refused(noeli):
    with pytest.raises(FieldError, match="sealed"):
        YoungPerson.objects.filter(pk=noeli.pk).update(name_used="open")


def test_bulk_update_seals_or_refuses(noeli):
    noeli.pronouns = "they"
    with pytest.raises(FieldError, match="sealed"):
        YoungPerson.objects.bulk_update([noeli], ["pronouns"])


@pytest.mark.parametrize("lookup", ["", "__contains", "__in", "__iexact", "__gt"])
def test_comparing_a_sealed_column_is_refused(lookup):
    value = [SECRET] if lookup == "__in" else SECRET
    with pytest.raises(FieldError, match="sealed"):
        YoungPerson.objects.filter(**{f"name_used{lookup}": value}).exists()


def test_asking_whether_a_sealed_column_is_empty_is_allowed(noeli):
    assert YoungPerson.objects.filter(pronouns__isnull=True, name_used__isnull=False).exists()


def test_a_deferred_value_opens_when_it_is_read(noeli, django_assert_num_queries):
    again = YoungPerson.objects.defer("name_used").get(pk=noeli.pk)
    with django_assert_num_queries(1):
        assert again.name_used == SECRET
    with django_assert_num_queries(0):
        assert again.name_used == SECRET


def test_only_the_columns_asked_for_are_fetched(noeli, django_assert_num_queries):
    again = YoungPerson.objects.only("id", "name_used").get(pk=noeli.pk)
    with django_assert_num_queries(0):
        assert again.name_used == SECRET
    with django_assert_num_queries(1):
        assert again.born == "2009-11-30"


def test_bulk_create_seals_every_row(noeli):
    rows = [
        Strength(person=noeli, recorded_by=noeli.opened_by, text=f"strength {n}") for n in range(3)
    ]
    Strength.objects.bulk_create(rows)
    held = [row.text for row in Strength.objects.filter(person=noeli).order_by("id")]
    assert sorted(held) == ["strength 0", "strength 1", "strength 2"]
    assert b"strength" not in bytes(stored(Strength, rows[0].pk)["text"])


def test_saving_again_keeps_an_unopened_value(noeli):
    again = YoungPerson.objects.get(pk=noeli.pk)
    before = bytes(again.__dict__["name_used"])
    again.save()
    assert bytes(stored(YoungPerson, noeli.pk)["name_used"]) == before


def test_values_fetched_as_plain_tuples_stay_sealed(noeli):
    held = YoungPerson.objects.values_list("name_used", flat=True).get(pk=noeli.pk)
    assert isinstance(held, Sealed)


def test_fields_carry_their_classification_into_migrations():
    for field in (SealedText("identifying"), SealedJSON("sensitive")):
        _name, path, args, options = field.deconstruct()
        assert args == [field.classification]
        assert path.startswith("leeward.sealing.fields.Sealed")
        assert "editable" not in options
