"""The circle as it is drawn: words apart, nobody moved, nothing that a name could break."""

from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leeward.core.drawing.measure import face, wide
from leeward.relationships.picture.draw import key, tall_svg, wide_svg
from leeward.relationships.picture.layout import lay_out
from leeward.relationships.picture.shapes import (
    MOST_NAME_LINES,
    NAME,
    PAPER,
    TALL,
    WIDE,
    Circle,
    Node,
    Texts,
    broken,
)
from leeward.relationships.rules import KINDS, RINGS, STANDS

NS = "{http://www.w3.org/2000/svg}"
NAMES = (
    "Auntie Pretend|Pip Invented|ᓄᐁᓖ ᐃᓚᐃᓐᓇᖅ|Zephyrine-Marguerite Made-Up-Pretend|Nʔeli Exemple"
    "|Sk̲wx̲wú7mesh Sample|Made-Up Lake School|Mum|Being watched in shops|Jo|ᐃᓄᒃᑎᑐᑦᐃᓄᒃᑎᑐᑦᐃᓄᒃᑎᑐᑦᐃᓄᒃ"
).split("|")
TEXTS = Texts(
    "The circle",
    {"micro": "close to me", "meso": "around me", "macro": "the wider world"},
    lambda node: f"{node.name}, {node.part}",
)
BOTH = pytest.mark.parametrize("sizes", [WIDE, TALL, PAPER], ids=["wide", "tall", "paper"])


def some(nth, name="", ring="", **said):
    """The n-th of a crowd."""
    usual = {
        "kind": KINDS[nth % 4],
        "ring": ring or RINGS[(nth * 2 + 1) % 3],
        "stands": STANDS[(nth * 3) % 5],
        "part": "where I sleep when it is bad" if nth % 3 else "",
    }
    return Node(str(nth), nth, name or NAMES[nth % len(NAMES)], **(usual | said))


def crowd(many, **said):
    """A circle of so many, the first of them the anchor."""
    nodes = [some(nth, **said) for nth in range(many)]
    if nodes:
        nodes[0] = replace(nodes[0], anchor=True, kind="person", stands="strong", ring="micro")
    return Circle("Noʔeli", tuple(nodes), TEXTS)


def words_of(picture):
    """The box of each line of words, measured again from the finished picture."""
    found = []
    for item in ET.fromstring(picture).iter(f"{NS}text"):  # noqa: S314 - our own markup
        words, classes = item.text or "", item.get("class", "")
        x, y = float(item.get("x")), float(item.get("y"))
        across, size = wide(words, classes), face(classes)[0]
        left = {"middle": x - across / 2, "end": x - across}.get(item.get("text-anchor", ""), x)
        found.append((left, y - size * 0.75, left + across, y + size * 0.22, words))
    return found


def with_namespace(picture):
    return picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def overlaps(picture):
    return [
        (one[4], other[4])
        for one, other in combinations(words_of(with_namespace(picture)), 2)
        if one[0] < other[2] - 0.2 and other[0] < one[2] - 0.2
        and one[1] < other[3] - 0.2 and other[1] < one[3] - 0.2
    ]  # fmt: skip


@pytest.mark.parametrize("draw", [wide_svg, tall_svg])
@pytest.mark.parametrize("many", [0, 1, 5, 12, 15, 40])
def test_words_never_overlap_and_stay_inside(draw, many):
    picture = draw(crowd(many))
    assert overlaps(picture) == []
    frame = ET.fromstring(picture)  # noqa: S314 - our own markup
    width, height = float(frame.get("width")), float(frame.get("height"))
    for left, top, right, bottom, _words in words_of(with_namespace(picture)):
        assert left >= 0
        assert top >= 0
        assert right <= width
        assert bottom <= height


@pytest.mark.parametrize("ring", RINGS)
@BOTH
def test_forty_in_one_ring_all_find_a_place(sizes, ring):
    found = lay_out(crowd(40, ring=ring), sizes)
    assert len(found.spots) == 40
    for one, other in combinations([spot.box for spot in found.spots], 2):
        apart = (
            one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        )
        assert apart


NODES = st.lists(
    st.builds(
        some,
        st.integers(0, 60),
        name=st.text(min_size=1, max_size=60),
        ring=st.sampled_from(RINGS),
        stands=st.sampled_from(STANDS),
        kind=st.sampled_from(KINDS),
        part=st.text(max_size=60),
    ),
    max_size=40,
    unique_by=lambda node: node.id,
)


@settings(max_examples=25, deadline=None)
@given(NODES, st.text(max_size=40))
def test_any_names_at_all_are_drawn_apart_and_alike_twice(nodes, me):
    circle = Circle(me, tuple(nodes), TEXTS)
    for draw in (wide_svg, tall_svg):
        picture = draw(circle)
        assert overlaps(picture) == []
        assert draw(circle) == picture


@settings(max_examples=25, deadline=None)
@given(NODES, st.data())
def test_whoever_comes_later_moves_nobody_while_there_is_room(nodes, data):
    ordered = tuple(sorted(nodes, key=lambda node: node.turn))
    more = data.draw(st.integers(0, len(ordered)))
    for sizes in (WIDE, TALL):
        before = lay_out(Circle("N", ordered[:more], TEXTS), sizes)
        after = lay_out(Circle("N", ordered, TEXTS), sizes)
        if before.shape == after.shape:
            assert after.spots[:more] == before.spots


def test_a_tie_keeps_its_place_when_those_before_it_go():
    few = [some(nth, name="Jo", part="", ring="macro", stands="thin") for nth in range(9)]
    full = Circle("N", tuple(few), TEXTS)
    left = Circle("N", full.nodes[3:], TEXTS)
    stood = [(spot.x, spot.y) for spot in lay_out(full, WIDE).spots[3:]]
    assert [(spot.x, spot.y) for spot in lay_out(left, WIDE).spots] == stood


@BOTH
def test_the_anchor_stands_at_twelve_whenever_they_came(sizes):
    nodes = [some(nth) for nth in range(12)]
    nodes[7] = replace(nodes[7], anchor=True, stands="strong")
    found = lay_out(Circle("N", tuple(nodes), TEXTS), sizes)
    x, y = found.shape.middle
    assert abs(found.spots[7].x - x) < 0.01
    assert found.spots[7].y < y
    assert [spot.node for spot in found.spots] == nodes


@BOTH
def test_in_a_small_circle_no_line_runs_over_words(sizes):
    found = lay_out(crowd(6), sizes)
    assert found.shape == sizes.first
    for spot in found.spots:
        for other in found.spots:
            (x0, y0), (x1, y1) = other.start, other.end
            for nth in range(1, 40):
                x, y = x0 + (x1 - x0) * nth / 40, y0 + (y1 - y0) * nth / 40
                assert not (spot.box[0] < x < spot.box[2] and spot.box[1] < y < spot.box[3]), (
                    spot.node.name,
                    other.node.name,
                )


@pytest.mark.parametrize("name", [*NAMES, "ʔ" * 60, "Ɂəʔœɮɬəx Example-Sample", "a- b -c --"])
@pytest.mark.parametrize("room", [84.0, 126.0])
def test_a_long_name_wraps_inside_and_keeps_its_letters(name, room):
    lines = broken(name, NAME, room, 99)
    assert all(wide(line, NAME) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert len(broken(name, NAME, room, MOST_NAME_LINES)) <= MOST_NAME_LINES


def test_a_name_too_long_for_its_lines_ends_in_an_ellipsis():
    assert broken("x" * 200, NAME, 84, 2)[-1].endswith("…")


def test_nothing_in_a_name_becomes_markup():
    nasty = "<script>alert('&\"')</script>"
    nodes = (some(1, name=nasty, part=nasty, href='/x"onload="1'),)
    picture = wide_svg(Circle(nasty, nodes, replace(TEXTS, title=nasty)))
    assert "<script" not in picture
    assert ET.fromstring(picture).find(".//a").get("href") == '/x"onload="1'  # noqa: S314


def test_every_tie_says_itself_in_full_once():
    circle = crowd(40)
    for draw in (wide_svg, tall_svg):
        said = [each.text for each in ET.fromstring(draw(circle)).iter("title")]  # noqa: S314
        assert said == [TEXTS.say(node).rstrip() for node in circle.nodes]


@pytest.mark.parametrize("stands", STANDS)
def test_each_way_a_tie_stands_is_drawn_differently(stands):
    def alone(how):
        return wide_svg(Circle("N", (some(1, stands=how),), TEXTS))

    assert all(alone(stands) != alone(other) for other in STANDS if other != stands)


def test_a_breakwater_leaves_nothing_on_the_young_persons_side():
    spot = lay_out(Circle("N", (some(1, stands="distance", ring="macro"),), TEXTS), WIDE).spots[0]
    x, y = WIDE.first.middle
    far = ((spot.start[0] - x) ** 2 + (spot.start[1] - y) ** 2) ** 0.5
    assert far > 0.6 * ((spot.x - x) ** 2 + (spot.y - y) ** 2) ** 0.5


def test_the_key_shows_every_line_and_mark():
    items = key({each: each for each in STANDS}, {each: each for each in KINDS}, "my person")
    assert [item.words for item in items] == ["my person", *STANDS, *KINDS]
    assert len({item.svg for item in items}) == len(items)
