"""The 2020 model: the framework's facts are all there, in both languages, without blame."""

import dataclasses
import re
from collections import Counter

import pytest

from leeward.practice_model.loader import builtin_model
from leeward.practice_model.model import Entry, Text

MODEL = builtin_model("2020")


def texts(value, path=""):
    """Every wording of the model, with where it is."""
    if isinstance(value, Text):
        yield path, value
    elif dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            yield from texts(getattr(value, each.name), f"{path}.{each.name}")
    elif hasattr(value, "items"):
        for key, each in value.items():
            yield from texts(each, f"{path}.{key}")
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each, f"{path}.{getattr(each, 'id', '')}")


def entries(value):
    """Every part of the model that has a review flag."""
    if dataclasses.is_dataclass(value):
        if hasattr(value, "reviewed"):
            yield value
        for each in dataclasses.fields(value):
            yield from entries(getattr(value, each.name))
    elif hasattr(value, "values"):
        for each in value.values():
            yield from entries(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from entries(each)


WORDINGS = list(texts(MODEL))

# The framework's table: how many signs each stage has, and of which kind.
SIGNS = {
    "at_risk": {"context": 5, "event": 2, "pattern": 5},
    "transitioning_in": {"pattern": 9, "text": 1},
    "entrenched": {"pattern": 10},
    "transitioning_away": {"pattern": 8},
}


def test_stages_run_in_order_with_their_roles():
    assert {one.id: one.role for one in MODEL.stages.values()} == {
        "at_risk": "vulnerability",
        "transitioning_in": "harm",
        "entrenched": "harm",
        "transitioning_away": "movement_away",
    }


def test_threads_are_the_ten_in_order():
    assert list(MODEL.threads) == [
        "being_away",
        "family",
        "friends",
        "school",
        "money",
        "substances",
        "violence",
        "beliefs",
        "seeing_harm",
        "online",
    ]


def test_signs_are_all_there():
    for stage, kinds in SIGNS.items():
        found = Counter(one.kind for one in MODEL.indicators.values() if one.stage == stage)
        assert found == kinds


def test_who_someone_is_has_no_thread():
    without = {one.id for one in MODEL.indicators.values() if one.thread is None}
    assert without == {"ar-fasd", "ar-colonization", "ar-trauma", "ti-most-at-risk"}


def test_wording_only_is_never_ticked():
    unticked = [name for name, sign in MODEL.signs.items() if not sign.recordable]
    assert unticked == ["ti-most-at-risk"]
    assert all("ti-most-at-risk" not in {one.id for one in cell} for cell in MODEL.cells.values())


def test_only_patterns_fade_after_ninety_days():
    assert MODEL.settings.fade_days == 90
    assert [one.id for one in MODEL.kinds.values() if one.fades] == ["pattern"]


@pytest.mark.parametrize(
    ("section", "size"),
    [
        ("pillars", 4),
        ("supports", 7),
        ("linked_work", 4),
        ("legal_help", 4),
        ("figures", 6),
        ("recruitment", 3),
        ("needs", 6),
        ("controls", 9),
        ("hidden_because", 3),
        ("circumstances", 11),
        ("differences", 3),
        ("trauma_signs", 6),
        ("fundamentals", 6),
        ("approaches", 7),
        ("strategy", 6),
        ("stage_notes", 6),
        ("help_lines", 2),
    ],
)
def test_section_is_whole(section, size):
    assert len(getattr(MODEL, section)) == size


def test_each_approach_has_its_strategies():
    assert {one.id: len(one.points) for one in MODEL.approaches} == {
        "trauma_informed": 4,
        "indigenous": 8,
        "cultural": 6,
        "systems": 10,
        "strengths": 9,
        "empowerment": 7,
        "person_centred": 7,
    }
    assert [one.id for one in MODEL.approaches if one.opt_in] == ["indigenous"]


def test_figures_carry_their_label():
    for one in MODEL.figures:
        assert one.label.en == "as stated in the 2020 training"
        assert one.label.fr == "selon la formation de 2020"


def test_the_hotline_is_written_as_each_language_writes_it():
    numbers = {one.id: one.number for one in MODEL.help_lines}
    assert numbers["hotline"] == Text("1-833-900-1010", "1 833 900-1010")
    assert numbers["911"].en == "911"


def test_pillars_are_in_the_official_words():
    assert [one.text.fr for one in MODEL.pillars][:2] == [
        "Sensibiliser à la question",
        "Protéger les victimes et intervenir rapidement",
    ]


def test_no_french_claims_a_review():
    found = list(entries(MODEL))
    assert len(found) > 150
    assert not any(one.reviewed for one in found)


@pytest.mark.parametrize(("path", "text"), WORDINGS, ids=[path for path, _ in WORDINGS])
def test_wording_is_well_set(path, text):
    for one in (text.en, text.fr):
        assert one == one.strip()
        assert "'" not in one
        assert "  " not in one
    # French: a no-break space before a colon, a percent, a closing guillemet; after an opening.
    assert not re.search(r" [:%»]|« |[^\u00a0]:|\w%", text.fr), text.fr
    assert "\u00a0" not in text.en


# Words that put the harm on the young person, or name them by it.
BLAME = re.compile(
    r"\b(refus|reject|runn?ing away|runaway|awol|promiscu|choos\w+ to|victim|client|prostitut"
    r"|lifestyle|at-risk youth|her|his|she|he)\b",
    re.IGNORECASE,
)
BLAME_FR = re.compile(
    r"\b(fugue\w*|refuse|rejette|victime|prostitu\w*|choisit de)\b", re.IGNORECASE
)


@pytest.mark.parametrize("one", MODEL.indicators.values(), ids=lambda one: one.id)
def test_working_wording_never_blames(one):
    assert not BLAME.search(one.working.en)
    assert not BLAME_FR.search(one.working.fr)
    assert one.working.en != one.working.fr
    assert len(one.working.en) <= 90


def test_text_falls_back_to_english():
    entry = Entry("x", Text("Yes", "Oui"), reviewed=False)
    assert entry.text.in_language("fr-ca") == "Oui"
    assert entry.text.in_language("en") == "Yes"
    assert entry.text.in_language("de") == "Yes"
