"""`space`: a browser at My space, with the settings of its own process over those of the tests."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client, override_settings

from leeward.entry.factories import OTHER_NUMBER, OWN_NUMBER, WORDS, EntryFactory


def settings_of_my_space() -> dict[str, Any]:
    """What its own process is set to otherwise. No more: a setting that is set again, as it was,
    makes Django read every catalogue and template anew."""
    names = [name for name in dir(django_settings) if name.isupper()]
    held = {name: getattr(django_settings, name) for name in names}
    found: dict[str, Any] = import_module("config.my_space").changed(held)
    found["MIDDLEWARE"] = [each for each in found["MIDDLEWARE"] if "whitenoise" not in each]
    found["ALLOWED_HOSTS"] = ["testserver"]
    # Nothing is collected there: files are served from where they lie.
    del found["STATIC_ROOT"]
    return {name: value for name, value in found.items() if held.get(name) != value}


@pytest.fixture
def door() -> Iterator[None]:
    """The process of My space, as far as a test can be it."""
    with override_settings(**settings_of_my_space()):
        yield


@pytest.fixture
def space(door: None, db: None) -> Client:
    """A browser in which nobody is in."""
    return Client()


@pytest.fixture
def entry(person: Any) -> Any:
    """Noʔeli's way in, with both numbers chosen."""
    return EntryFactory(person=person)


def come_in(client: Client, number: str = OWN_NUMBER, **more: Any) -> Any:
    """Type the words and a number."""
    return client.post("/notes/", {"words": WORDS, "number": number, **more})


@pytest.fixture
def own(space: Client, entry: Any) -> Client:
    """A browser in which their own notebook is open."""
    assert come_in(space).status_code == 302
    return space


@pytest.fixture
def other(door: None, entry: Any) -> Client:
    """A browser in which the second notebook is open."""
    client = Client()
    assert come_in(client, OTHER_NUMBER).status_code == 302
    return client
