"""What Leeward itself says in My space: no stage, and no word for what was done to somebody."""

import re
from pathlib import Path

import polib
import pytest
from django.utils import translation

from leeward.entry import faces, forms
from leeward.observations.queries import current_model

LEEWARD = Path(__file__).resolve().parents[2]
ROOT = LEEWARD.parent
PLACES = [
    *(LEEWARD / "my_space").rglob("*.*"),
    *(LEEWARD / "entry" / "templates").rglob("*.html"),
    *(LEEWARD / "entry" / "words").glob("*.txt"),
    LEEWARD / "releases" / "forms.py",
    LEEWARD / "conferences" / "before" / "models.py",
    LEEWARD / "entry" / "faces.py",
    LEEWARD / "entry" / "forms.py",
]
SAID = [
    path
    for path in PLACES
    if path.suffix in {".html", ".py", ".txt", ".css", ".js", ".svg"} and "tests" not in path.parts
]
NEVER = (
    "trafficking exploit victim traite exploitation exploité victime pimp proxénète survivor"
    " survivante recruit grooming"
).split()


def stages():
    """The names of the stages, in both languages."""
    return [
        text.casefold()
        for stage in current_model().stages.values()
        for text in (stage.name.en, stage.name.fr)
    ]


def found_in(text):
    """Words in a text that must not be there."""
    said = text.casefold()
    return [each for each in (*NEVER, *stages()) if each in said]


def test_there_are_four_stages_to_look_for():
    assert len(stages()) == 8


@pytest.mark.parametrize("path", SAID, ids=lambda path: str(path.relative_to(LEEWARD)))
def test_no_file_of_my_space_says_it(path):
    assert not found_in(path.read_text(encoding="utf-8"))


def test_no_word_of_its_french_says_it():
    catalogue = polib.pofile(str(ROOT / "locale/fr/LC_MESSAGES/django.po"))
    theirs = re.compile(
        r"my_space/|entry/(templates|faces|forms)|releases/(openings|forms)|conferences/before/models"
    )
    ours = [each for each in catalogue if any(theirs.search(at) for at, _ in each.occurrences)]
    assert len(ours) > 60
    assert not [each.msgstr for each in ours if found_in(each.msgstr)]


def test_the_search_would_find_one():
    assert found_in("What trafficking is") == ["trafficking"]
    assert found_in("She is At Risk.")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_faces_are_all_there_in_both_languages_and_never_empty(language):
    assert set(faces.FACES) == {value for value, _ in forms.Offer.Face.choices}
    with translation.override(language):
        titles = {str(each.title) for each in faces.FACES.values()}
    assert len(titles) == 3
    for each in faces.FACES.values():
        assert len(each.lines_in(language)) >= 5
