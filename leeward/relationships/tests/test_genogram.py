"""A family by generations: each once, nothing over anything, nothing that a name can break."""

from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leeward.relationships.genogram.draw import genogram_svg, key
from leeward.relationships.genogram.place import lay_out
from leeward.relationships.genogram.units import Family, Person, units_of
from leeward.relationships.kin import (
    GENERATIONS,
    ME,
    Line,
    Relative,
    kin,
    leads_back,
    lines_of,
    may_be_through,
)

NS = "{http://www.w3.org/2000/svg}"
NAMES = (
    "Auntie Pretend|ᓄᐁᓖ ᐃᓚᐃᓐᓇᖅ|Zephyrine-Marguerite Made-Up-Pretend|Sk̲wx̲wú7mesh Sample|Mum|Jo"
    "|ᐃᓄᒃᑎᑐᑦᐃᓄᒃᑎᑐᑦᐃᓄᒃᑎᑐᑦᐃᓄᒃ|" + "ʔ" * 60
).split("|")
ROWS = {-2: "Grandparents’ generation", -1: "Parents’", 0: "Own", 1: "Children’s generation"}
# A family as it may be: id, kin, through whom; `!` where the tie with the young person ended.
TOLD = """
mum mother, gran grandmother mum, aunt aunt mum, cous cousin aunt, half half_sister mum
dad father !, step stepfather mum, gramps grandfather mum, stsis stepsister step
fm foster_mother, ff foster_father fm, fb foster_brother fm, niece niece half, elder elder
hb half_brother dad !, pg grandmother dad, pgp grandfather dad, u1 uncle dad, u2 uncle dad
u1p aunt_or_uncles_partner u1, c2 cousin_man u1, c3 cousin_woman u1p, c4 cousin u2
am adoptive_mother, af adoptive_father am, as adoptive_sister am, fs full_sister
fb2 full_brother, n2 nephew fs, n3 niece fs, part boyfriend_or_husband, kid daughter part
kid2 son, ga great_aunt gran, cg chosen_grandparent, ca chosen_aunt, cs chosen_sister
cb chosen_brother, a3 aunt mum, c5 cousin_man a3
""".replace("\n", ",")


def told(many):
    """The first so many of that family."""
    found = []
    for each in [each.split() for each in TOLD.split(",") if each.strip()][:many]:
        through = [word for word in each[2:] if word != "!"]
        found.append(Relative(each[0], kin()[each[1]], *(through or [""]), "!" in each))
    return found


def family(relatives, names=NAMES):
    """Them as they are drawn, the young person first."""
    people = [Person(ME, "Noʔeli", said="me")]
    for nth, each in enumerate(relatives):
        words = (each.kin.words[0], *(("tie: ended",) if each.ended else ()))
        spot = each.kin.generation, each.kin.symbol
        people.append(Person(each.id, names[nth % len(names)], words, *spot, said=each.id))
    return Family("The genogram", tuple(people), tuple(lines_of(relatives)), ROWS)


@st.composite
def families(draw):
    """Any family at all: whoever may be related through somebody earlier sometimes is."""
    relatives = []
    for nth in range(draw(st.integers(0, 24))):
        found = draw(st.sampled_from(list(kin().values())))
        fits = [each.id for each in relatives if may_be_through(found, each.kin)]
        through = draw(st.sampled_from(["", *fits]))
        relatives.append(Relative(str(nth), found, through, draw(st.booleans())))
    return family(relatives, draw(st.lists(st.text(max_size=60), min_size=1, max_size=5)))


def symbol_of(spot):
    return spot.x - spot.half, spot.y - spot.half, spot.x + spot.half, spot.y + spot.half


def meet(one, other, by=0.2):
    return (
        one[0] < other[2] - by and other[0] < one[2] - by
        and one[1] < other[3] - by and other[1] < one[3] - by
    )  # fmt: skip


def assert_apart(found):
    """No words or symbols over each other, all inside, and no line through words or through the
    symbol of anybody it does not join."""
    boxes = [(spot.person.id, box) for spot in found.spots for box in (spot.box, symbol_of(spot))]
    for (whose, one), (other, two) in combinations(boxes, 2):
        assert not meet(one, two), (whose, other)
    for whose, (left, top, right, bottom) in boxes:
        assert left >= 0, whose
        assert top >= 0, whose
        assert right <= found.width, whose
        assert bottom <= found.height, whose
    for stroke in found.strokes:
        for (x0, y0), (x1, y1) in stroke.pieces:
            piece = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
            thick = piece[0] - 0.5, piece[1] - 0.5, piece[2] + 0.5, piece[3] + 0.5
            for spot in found.spots:
                assert not meet(thick, spot.box), (stroke.unit, spot.person.id)
                if spot.person.id not in stroke.unit.members:
                    assert not meet(thick, symbol_of(spot)), (stroke.unit, spot.person.id)


def assert_lines_apart(found):
    """No two lines run along each other: each can be followed to its ends."""
    for one, other in combinations(found.strokes, 2):
        for (a0, b0), (a1, b1) in one.pieces:
            for (c0, d0), (c1, d1) in other.pieces:
                # Both leave the same parent by the same short level piece.
                shared = set(one.unit.above) & set(other.unit.above) and b0 == b1 == d0 == d1
                level = b0 == b1 and d0 == d1 and abs(b0 - d0) < 1.5
                along = min(max(a0, a1), max(c0, c1)) - max(min(a0, a1), min(c0, c1))
                assert not (level and along > 0.5 and not shared), (one.unit, other.unit)
                upright = a0 == a1 and c0 == c1 and abs(a0 - c0) < 1.5
                along = min(max(b0, b1), max(d0, d1)) - max(min(b0, b1), min(d0, d1))
                assert not (upright and along > 0.5), (one.unit, other.unit)


@pytest.mark.parametrize("many", [0, 1, 5, 15, 40])
def test_a_family_of_any_size_stands_apart_each_once(many):
    drawn = family(told(many))
    found = lay_out(drawn)
    assert [spot.person for spot in found.spots] == list(drawn.people)
    assert_apart(found)
    assert_lines_apart(found)
    said = [each.text for each in ET.fromstring(genogram_svg(drawn)).iter("title")]  # noqa: S314
    assert said == [each.said for each in drawn.people]


def test_somebody_of_every_kin_at_once_stands_apart():
    found = lay_out(family([Relative(key, each) for key, each in kin().items()]))
    assert_apart(found)
    assert_lines_apart(found)


@settings(max_examples=40, deadline=None)
@given(families())
def test_any_family_stands_apart_each_once_in_the_row_of_their_generation(drawn):
    found = lay_out(drawn)
    assert [spot.person for spot in found.spots] == list(drawn.people)
    assert_apart(found)
    assert_lines_apart(found)
    heights = {spot.person.generation: spot.y for spot in found.spots}
    assert all(spot.y == heights[spot.person.generation] for spot in found.spots)
    assert sorted(heights) == sorted(heights, key=lambda row: heights[row])
    assert lay_out(drawn) == found


@settings(max_examples=25, deadline=None)
@given(families())
def test_every_line_reaches_everybody_whom_it_joins(drawn):
    found = lay_out(drawn)
    spots = {spot.person.id: spot for spot in found.spots}
    assert [stroke.unit for stroke in found.strokes] == units_of(drawn.lines)
    for stroke in found.strokes:
        ends = [point for piece in stroke.pieces for point in piece]
        for each in stroke.unit.members:
            left, top, right, bottom = symbol_of(spots[each])
            assert any(left <= x <= right and top <= y <= bottom for x, y in ends), each


def test_nothing_in_a_name_becomes_markup():
    nasty = "<script>alert('&\"')</script>"
    people = (Person(ME, nasty, said=nasty), Person("1", nasty, (nasty,), href='/x"o="1'))
    picture = genogram_svg(Family(nasty, people, (), ROWS))
    assert "<script" not in picture
    assert ET.fromstring(picture).find(".//a").get("href") == '/x"o="1'  # noqa: S314


def test_the_young_person_has_a_double_line_and_nobody_else():
    picture = genogram_svg(family(told(5)))
    assert picture.count('class="kin-me"') == 2
    assert picture.count('class="kin-mark"') == 5


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ("mother", "kin-line--plain"),
        ("birth_mother", "kin-line--plain"),
        ("adoptive_mother", "kin-line--double"),
        ("foster_mother", "kin-line--dashed"),
        ("stepmother", "kin-line--dashed"),
        ("chosen_mother", "kin-line--dashed"),
        ("partner", "kin-line--partners"),
    ],
)
def test_each_bond_has_its_line_and_a_tie_that_ended_is_cut(said, drawn):
    assert drawn in genogram_svg(family([Relative("1", kin()[said])]))
    cut = genogram_svg(family([Relative("1", kin()[said], ended=True)]))
    assert cut.count("kin-cut") == 1


def test_only_the_young_persons_own_tie_is_cut():
    gran = Relative("2", kin()["grandmother"], "1", ended=True)
    assert "kin-cut" not in genogram_svg(family([Relative("1", kin()["mother"]), gran]))


def test_the_key_shows_every_symbol_and_line():
    names = ("me", "woman", "man", "unsaid", "plain", "double", "dashed", "partners", "ended")
    items = key({each: each for each in names})
    assert [item.words for item in items] == list(names)
    assert len({item.svg for item in items}) == len(names)


# --- Kin ------------------------------------------------------------------------------------


def test_every_kin_has_its_words_and_its_generation():
    for each in kin().values():
        assert all(each.words), each
        assert each.generation in GENERATIONS
    for language in (0, 1):
        words = [each.words[language] for each in kin().values()]
        assert len(words) == len(set(words))


def test_lines_join_neighbouring_generations_alone():
    every = list(kin().values())
    pairs = [(one, other) for one in every for other in every if may_be_through(one, other)]
    assert pairs
    for one, other in pairs:
        relatives = [Relative("other", other), Relative("one", one, "other")]
        generation = {ME: 0, "one": one.generation, "other": other.generation}
        for line in lines_of(relatives):
            apart = {"parent": -1, "child": 1, "sibling": 0, "partner": 0}[line.link]
            assert generation[line.one] - generation[line.other] == apart, (one.key, other.key)


def test_of_whom_it_is_not_said_how_no_line_is_guessed():
    alone = [Relative(each.key, each) for each in kin().values() if each.group == "grandparent"]
    assert lines_of(alone) == []
    mother, sister = Relative("m", kin()["mother"]), Relative("s", kin()["sister"])
    # A sister is not said to have the same mother.
    assert Line("child", "s", "m", "") not in lines_of([mother, sister])
    assert Line("sibling", "s", ME, "") in lines_of([mother, sister])


def test_whoever_has_the_same_parents_hangs_on_them_or_else_on_the_young_person():
    full, mother = Relative("f", kin()["full_sister"]), Relative("m", kin()["birth_mother"])
    assert lines_of([full, mother])[-1] == Line("child", "f", "m", "birth")
    assert lines_of([full]) == [Line("sibling", "f", ME, "birth")]
    adoptive = Relative("a", kin()["adoptive_mother"])
    assert lines_of([full, adoptive])[-1] == Line("sibling", "f", ME, "birth")


def test_through_somebody_who_is_not_here_is_as_if_it_were_not_said():
    brother = Relative("b", kin()["half_brother"], "gone")
    assert lines_of([brother]) == [Line("sibling", "b", ME, "birth")]


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef")))
def test_a_way_round_is_seen_and_every_search_ends(through):
    assert leads_back(through, "a", "a")
    if through.get("b") == "a":
        assert leads_back(through, "a", "b")
    assert not leads_back(through, "a", "")
