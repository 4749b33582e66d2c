"""Check: a copy of the database tells no name and no story, and holds no key.

The thief holds every byte of it, journal and all, and neither the keyring nor any key.
"""

import base64
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from leeward.access.actors import SYSTEM
from leeward.accounts.models import Agency, Worker
from leeward.documents.factories import DocumentFactory
from leeward.people.factories import YoungPersonFactory
from leeward.people.models import SearchToken, YoungPerson
from leeward.practice_desk.invented.populate import populate
from leeward.sealing import keyring, keysets
from leeward.sealing.codec import DoesNotOpen, Place, open_sealed
from leeward.sealing.fields import SealedText
from leeward.sealing.models import AgencyKeyset, DataKey
from leeward.sealing.resealing import sealed_models

pytestmark = pytest.mark.django_db

TYPED = "Invented heron by the river"
NAME, PHONE, BORN = "Zephyrine Made-Up", "555 0134 7719", "1911-01-07"


def stolen():
    """Every byte of the database and of the documents, as a thief carries them off."""
    return database() + documents()


def documents():
    """Every byte of the folder of documents."""
    folder = Path(settings.LEEWARD_MEDIA)
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def database():
    """Every byte of the database."""
    if connection.vendor == "sqlite":
        return connection.connection.serialize()
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as copy:
                found += [bytes(part) for part in copy]
    return b"".join(found)


def forms(text):
    """A text as it may lie in a file: encodings, case, base 64 at each offset, hexadecimal."""
    for each in {text, text.lower(), text.upper()}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            plain = each.encode(encoding)
            yield plain
            yield plain.hex().encode()
            yield from (
                base64.b64encode(b"\0" * offset + plain)[4 if offset else 0 : -4]
                for offset in range(3)
            )


def stands_in(copy, text):
    """Whether a text stands in the copy in any form."""
    return any(form in copy for form in forms(text) if len(form) > 6)


def sealed_texts():
    """Every sealed text of every model that is long enough to be known again."""
    for model, fields in sealed_models().items():
        texts = [field for field in fields if isinstance(field, SealedText)]
        for row in model._base_manager.all():
            for field in texts:
                text = getattr(row, field.attname)
                if " " in text and len(text) >= 12:
                    yield f"{model.__name__}.{field.name}", text


def test_stolen_backup(desk, person):
    """Whatever a form took in is nowhere in the copy."""
    desk.post(
        reverse("record", args=[person.pk]),
        {"text": TYPED, "when": "now", "source": "seen", "harm": "none", "about": "self"},
    )
    assert person.observations.get().text == TYPED
    YoungPersonFactory(
        agency=person.agency, name_used=NAME, born=BORN, other_names=["Heronling"], caring=PHONE
    )
    before = len(documents())
    DocumentFactory(person=person, bytes=TYPED.encode() * 50)
    assert len(documents()) - before > len(TYPED) * 50
    copy = stolen()
    # The search itself finds what does stand there: a worker's own name.
    assert stands_in(copy, person.opened_by.display_name)
    for text in (TYPED, NAME, NAME.split()[0], PHONE, BORN, "Heronling", "Noʔeli"):
        assert not stands_in(copy, text), text


def test_no_key_lies_in_the_copy(person):
    copy = stolen()
    for row in DataKey.objects.all():
        assert bytes(row.sealed) not in copy
        assert keysets.as_bytes(keyring.opened(row)) not in copy
    for row in AgencyKeyset.objects.all():
        for part in (row.sealing, row.tokens):
            assert bytes(part) not in copy
        for handle in keyring.opened_parts(row):
            assert keysets.as_bytes(handle) not in copy
    assert b"AesGcmKey" not in copy


def test_without_the_keyring_no_value_opens(person):
    sealed = bytes(YoungPerson.objects.get(pk=person.pk).__dict__["name_used"])
    here = Place("people_youngperson", "name_used", str(person.pk))
    assert open_sealed(sealed, here, holder=person.pk).decode() == "Noʔeli"
    DataKey.objects.all().delete()
    keyring.let_go()
    with pytest.raises(DoesNotOpen):
        open_sealed(sealed, here, holder=person.pk)


def test_one_name_twice_is_two_values_and_two_agencies_have_no_token_alike(person, outsider):
    same = YoungPersonFactory(agency=person.agency, name_used="Noʔeli")
    elsewhere = YoungPersonFactory(agency=outsider.agency, name_used="Noʔeli")
    held = [
        bytes(YoungPerson.objects.get(pk=each.pk).__dict__["name_used"])
        for each in (person, same, elsewhere)
    ]
    assert len(set(held)) == 3
    tokens = [
        set(SearchToken.objects.filter(person=each).values_list("token", flat=True))
        for each in (person, elsewhere)
    ]
    assert all(tokens)
    assert not tokens[0] & tokens[1]


def test_yes_and_no_and_nothing_are_of_one_length(person):
    lengths = set()
    for said in (True, False, None):
        other = YoungPersonFactory(agency=person.agency, born_approximate=said)
        lengths.add(len(YoungPerson.objects.get(pk=other.pk).__dict__["born_approximate"]))
    assert len(lengths) == 1


def test_a_whole_invented_agency_tells_no_word(db):
    populate(by=SYSTEM, people=8, seed=1)
    told = list(sealed_texts())
    assert len({where for where, _text in told}) > 12
    copy = stolen()
    # Who works where is not sealed, and one may be named in words that are.
    open_names = {*Worker.objects.values_list("display_name", flat=True)}
    open_names |= {*Agency.objects.values_list("name", flat=True)}
    found = {(where, text) for where, text in told if stands_in(copy, text)}
    assert {each for each in found if each[1] not in open_names} == set()
