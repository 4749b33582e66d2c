"""Invented documents for tests."""

import factory
from factory.django import DjangoModelFactory

from leeward.documents import store
from leeward.documents.models import Document


class DocumentFactory(DjangoModelFactory[Document]):
    """A page of plain words in the file of `person`, with its sealed bytes."""

    class Meta:
        model = Document
        exclude = ["person"]
        skip_postgeneration_save = True

    subject_id = factory.SelfAttribute("person.pk")
    agency_id = factory.SelfAttribute("person.agency_id")
    added_by_id = factory.SelfAttribute("person.opened_by_id")
    media = Document.Media.TEXT
    size = 8
    what = "An invented letter"

    @factory.post_generation
    def bytes(self, create, extracted, **_):
        """What is in it."""
        if create:
            store.put(self.pk, extracted or b"Invented", holder=self.subject_id)
