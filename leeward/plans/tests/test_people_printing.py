"""My people on paper: what the file is, what it says, and what it never says."""

import datetime as dt
import uuid
from dataclasses import dataclass, replace

import pikepdf
import pytest

from leeward.observations.queries import current_model
from leeward.plans.people_printing import _file_of_words, people_copy, people_copy_name
from leeward.plans.tests.copies import (
    DAY,
    LANGUAGES,
    opened,
    page_text,
    pages_of,
    squashed,
    tags_of,
    text_of,
    told_about,
)
from leeward.relationships.queries import CirclePage, Standing
from leeward.relationships.rules import Days, Facts

NAMES = (
    *("Auntie Pretend", "Zephyrine-Marguerite Made-Up", "ᓄᐁᓖ ᐃᓚᐃᓐᓇᖅ", "Nʔeli", "Jo Sample"),
    *("Coach Invented", "Being watched in shops", "Mum", "Biscuit", "Made-Up Lake School"),
)


@dataclass
class Row:
    name: str
    part: str
    tie_id: uuid.UUID
    on: dt.date = DAY


def standing(nth, name, part="", *, anchor=False, **facts):
    return Standing(nth, Row(name, part, uuid.UUID(int=nth)), Facts(**facts), anchor)


def circle(*inside):
    return CirclePage(Days(DAY, None, None), list(inside), [], {})


def crowd(size):
    rings, ways = ("micro", "meso", "macro", "meso"), ("strong", "thin", "tense", "ended")
    return circle(
        *(
            standing(
                nth,
                f"{NAMES[nth % 10]} {nth}",
                "plays cards with me" if nth % 2 else "",
                anchor=nth == 0,
                kind=("person", "person", "place", "group")[nth % 4],
                ring=rings[nth % 4],
                stands=(*ways, "distance")[nth * 3 % 5],
            )
            for nth in range(size)
        )
    )


PEOPLE = circle(
    standing(0, "Auntie Pretend", "opens the door", anchor=True, family=True),
    standing(1, "K.", ring="meso", stands="distance"),
    standing(2, "Rent", kind="system", ring="macro", stands="tense", weighs="poverty"),
)


def print_it(page=PEOPLE, language="en", code=""):
    return people_copy(page, language=language, on=DAY, code=code)


def nodes_of(node):
    if isinstance(node, pikepdf.Array):
        return [each for part in node for each in nodes_of(part)]
    if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
        return []
    return [node, *nodes_of(node.get("/K", pikepdf.Array()))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_a_tagged_accessible_pdf_with_a_table(language):
    pdf = opened(print_it(language=language))
    root = pdf.Root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == f"{language}-CA"
    assert str(pdf.open_metadata().get("pdfuaid:part")) == "1"
    tags = tags_of(root.StructTreeRoot.K)
    assert tags.count("/TH") == 5
    assert tags.count("/TD") == 5 * len(PEOPLE.inside)
    assert {"/Title", "/Table", "/H1", "/Figure"} <= set(tags)
    figures = [each for each in nodes_of(root.StructTreeRoot.K) if each.S == "/Figure"]
    (said,) = {str(each.Alt) for each in figures}
    assert said == _file_of_words()[language]["alt"]


@pytest.mark.parametrize(
    ("language", "title", "file"),
    [("en", "My people", "my-people.pdf"), ("fr", "Mes gens", "mes-gens.pdf")],
)
def test_title_and_file_name_are_neutral_and_nothing_else_is_told(language, title, file):
    made = print_it(language=language)
    assert people_copy_name(language) == file
    pdf = opened(made)
    assert str(pdf.docinfo["/Title"]) == title
    assert "Pretend" not in told_about(made)


def test_the_table_says_what_the_picture_does():
    picture, table = pages_of(print_it())
    for words in ("Auntie Pretend", "opens the door", "K.", "Rent", "poverty"):
        assert squashed(words) in squashed(picture)
        assert squashed(words) in squashed(table)
    for words in ("my person, strong", "I want distance", "tense", "the wider world", "family"):
        assert squashed(words) in squashed(table)


def test_it_is_said_in_french():
    said = text_of(print_it(language="fr"))
    for words in ("Mes gens", "moi", "ma personne de confiance", "je veux de la distance"):
        assert squashed(words) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_no_agency_stage_or_purpose_and_not_who_may_know(language):
    page = circle(
        *(
            replace(each, facts=replace(each.facts, may=("where",), must_not=("harm",)))
            for each in PEOPLE.inside
        )
    )
    said = text_of(print_it(page, language)).casefold()
    assert print_it(page, language) == print_it(language=language)
    stages = [
        text
        for stage in current_model().stages.values()
        for text in (stage.name.en, stage.name.fr)
    ]
    for word in (*stages, "leeward", "exploit", "victim", "agency", "children’s aid"):
        assert squashed(word).casefold() not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_whom_a_worker_marked_is_printed_like_anybody(language):
    marked = [replace(each, facts=replace(each.facts, of_concern=True)) for each in PEOPLE.inside]
    assert print_it(circle(*marked), language) == print_it(language=language)


def test_every_page_carries_the_code_and_none_without():
    assert all("K7QM-2XWD" in squashed(each) for each in pages_of(print_it(code="K7QM-2XWD")))
    assert "Copy" not in "".join(pages_of(print_it()))


@pytest.mark.parametrize("size", [5, 15, 40])
def test_everybody_is_on_the_first_page_and_in_the_table(size):
    picture, *table = pages_of(print_it(crowd(size)))
    table = squashed("".join(table))
    for each in crowd(size).inside:
        # A long name goes over lines, which may break after a hyphen alone.
        assert squashed(each.version.name) in squashed(picture)
        assert squashed(each.version.name) in table


@pytest.mark.parametrize(("size", "least"), [(5, 14), (15, 12), (40, 9)])
def test_letters_are_large_enough_for_a_wall(size, least):
    with opened(print_it(crowd(size))) as pdf:
        sizes = {
            round(float(each.operands[1]), 1)
            for each in pikepdf.parse_content_stream(pdf.pages[0])
            if str(each.operator) == "Tf"
        }
        assert page_text(pdf.pages[0])
    assert max(sizes - {27.0}) >= least
    assert min(sizes) >= 7.5


def test_letters_no_typeface_draws_are_said_in_others_before_they_are_measured():
    said = text_of(print_it(circle(standing(0, "陈 Coach"), standing(1, "Mum 💜"))))
    assert squashed("[Chen] Coach") in said
    assert squashed("Mum [purple heart]") in said
    assert squashed("Words in [ ]") in said


@pytest.mark.parametrize("written", ["#panic()", "*bold* _it_ $x$", "= Title", "<a>&amp;", '"\\'])
def test_markup_comes_out_as_written(written):
    assert squashed(written) in text_of(print_it(circle(standing(0, written))))


def test_a_name_that_runs_to_the_left_and_a_very_long_one_stay_on_the_page():
    page = circle(standing(0, "סבתא בדיונית"), standing(1, "W" * 200), standing(2, "x " * 90))
    assert len(pages_of(print_it(page))) == 2


def test_an_empty_page_leaves_room_to_draw():
    (page,) = pages_of(print_it(circle()))
    assert squashed("I can draw my people here") in squashed(page)


def test_the_same_people_give_the_same_bytes():
    assert print_it(crowd(15)) == print_it(crowd(15))


def test_both_languages_have_every_wording():
    english, french = (_file_of_words()[each] for each in LANGUAGES)
    assert set(english) == set(french)
