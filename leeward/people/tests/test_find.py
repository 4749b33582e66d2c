import random

import pytest

from leeward.access.actors import actor_for
from leeward.people import rules
from leeward.people.factories import YoungPersonFactory
from leeward.people.models import SearchToken, YoungPerson
from leeward.people.opening import tokens_for
from leeward.people.queries import find

pytestmark = pytest.mark.django_db

GIVEN = (
    "Noʔeli Sélu7 Wren Odile Éloïse Marguerite Théo Kateri Aiyana Dakota Ji-woo Chukwuemeka "
    "Xóchitl Anaïs Mackenzie Zainab Siobhán Đức Małgorzata Oluwaseun Ingrid Jacqueline Tobias "
    "Renée Lucille Priyanka Hiroshi Svetlana Fatoumata Gwendolyn"
).split()
FAMILY = (
    "Example Exemple Sample Échantillon Invented Inventé Pretend Made-Up Fictive Imaginary"
).split()
SYLLABICS = ("ᓄᐁᓖ", "ᐊᔭᓇ", "ᒪᑭᓯ", "ᐱᔭᓯᐤ")


@pytest.fixture
def folk(agency, wren):
    wanted = ["Noʔeli Example", "ᓄᐁᓖ", "Sélu7", "Marie-Ève de l’Exemple", "Katherine Sample"]
    return {
        name: YoungPersonFactory(agency=agency, opened_by=wren, name_used=name) for name in wanted
    }


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("noeli", "Noʔeli Example"),
        ("No7eli example", "Noʔeli Example"),
        ("NO'ELI", "Noʔeli Example"),
        ("Example Noeli", "Noʔeli Example"),
        ("Noʔeil", "Noʔeli Example"),
        ("noelo", "Noʔeli Example"),
        ("noe", "Noʔeli Example"),
        ("no ex", "Noʔeli Example"),
        ("NE", "Noʔeli Example"),
        ("ᓄᐁᓖ", "ᓄᐁᓖ"),
        ("ᓄᐁ", "ᓄᐁᓖ"),
        (rules.roman("ᓄᐁᓖ"), "ᓄᐁᓖ"),
        ("selu", "Sélu7"),
        ("Sélu7", "Sélu7"),
        ("sélu", "Sélu7"),
        ("marie eve", "Marie-Ève de l’Exemple"),
        ("marieeve", "Marie-Ève de l’Exemple"),
        ("lexemple", "Marie-Ève de l’Exemple"),
        ("catherine", "Katherine Sample"),
        ("samlpe", "Katherine Sample"),
        ("K", "Katherine Sample"),
    ],
)
def test_a_person_is_found_however_the_name_is_typed(folk, actor, asked, name):
    assert folk[name] in [match.person for match in find(actor, asked)]


def test_the_likest_comes_first(folk, actor, agency, wren):
    exact = YoungPersonFactory(agency=agency, opened_by=wren, name_used="Noeli Exampel")
    assert find(actor, "Noeli Exampel")[0].person == exact


@pytest.mark.parametrize("asked", ["", "   ", "…", "?!"])
def test_words_without_letters_find_nobody_and_ask_nothing(
    folk, actor, asked, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert find(actor, asked) == []


def test_other_names_are_found_too(actor, agency, wren):
    person = YoungPersonFactory(agency=agency, opened_by=wren, name_used="Zed", well_known=True)
    assert [match.person for match in find(actor, "nelly")] == [person]


def test_likely_duplicates_say_why(folk, actor, agency, wren):
    twin = YoungPersonFactory(
        agency=agency, opened_by=wren, name_used="Noely Example", born="2009-11-30"
    )
    found = {m.person: m.why for m in find(actor, "Noʔeli Example", born="2009-11-30")}
    assert found[folk["Noʔeli Example"]] == (rules.SAME, rules.BIRTH)
    assert rules.CLOSE in found[twin]
    assert rules.BIRTH in found[twin]
    assert YoungPerson.objects.count() == len(folk) + 1


def test_another_agency_is_never_searched(folk, outsider):
    YoungPersonFactory(agency=outsider.agency, opened_by=outsider, name_used="Noʔeli Example")
    found = find(actor_for(outsider), "Noʔeli Example")
    assert [match.person.agency_id for match in found] == [outsider.agency_id]


def test_the_same_name_makes_other_tokens_at_another_agency(agency, outsider):
    mine = tokens_for(agency.pk, ["Noʔeli"], "")
    assert not mine & tokens_for(outsider.agency_id, ["Noʔeli"], "")


def test_a_colleagues_file_is_shown_but_not_opened(actor, agency, colleague, wren):
    theirs = YoungPersonFactory(
        agency=agency, opened_by=colleague, name_used="Zed", team=[colleague]
    )
    mine = YoungPersonFactory(agency=agency, opened_by=wren, name_used="Zed", team=[wren])
    found = {match.person: match for match in find(actor, "zed")}
    assert found[mine].may_open
    assert not found[theirs].may_open
    assert found[theirs].team == ("Jo Made-Up",)


def test_open_files_come_before_closed_ones_of_the_same_name(actor, agency, wren):
    closed = YoungPersonFactory(agency=agency, opened_by=wren, name_used="Zed", closed=True)
    still_open = YoungPersonFactory(agency=agency, opened_by=wren, name_used="Zed")
    assert [match.person for match in find(actor, "zed")] == [still_open, closed]


def test_no_more_than_the_limit_is_shown(actor, agency, wren):
    for _n in range(6):
        YoungPersonFactory(agency=agency, opened_by=wren, name_used="Zed Example")
    assert len(find(actor, "zed", limit=4)) == 4


def test_tokens_tell_a_thief_nothing(folk):
    held = SearchToken.objects.values_list("token", flat=True)
    assert all(isinstance(each, int) for each in held)
    assert not set(held) & {hash(piece) for name in folk for piece in rules.pieces(name)}


def test_asking_costs_the_same_however_many_there_are(
    folk, actor, agency, wren, django_assert_num_queries
):
    with django_assert_num_queries(4):
        find(actor, "noeli")
    for n in range(10):
        YoungPersonFactory(agency=agency, opened_by=wren, name_used=f"Noeli {n}")
    with django_assert_num_queries(4):
        find(actor, "noeli")


def _mistyped(name, rng):
    """The name as a tired person types it: one slip in its longest piece, or a shorter form."""
    at = rng.randrange(1, max(2, len(name) - 1))
    ways = [
        name.upper(),
        name.replace("ʔ", "7").replace("’", "'"),
        name[:at] + name[at + 1 :],
        name[:at] + rng.choice("aeirstn") + name[at:],
        name[: at - 1] + name[at : at + 1] + name[at - 1] + name[at + 1 :],
        " ".join(reversed(name.split())),
        name.split()[0],
        rules.plain(name),
    ]
    return rng.choice(ways)


def _unsealed_search(asked, names_held):
    """What a search that may read every name finds: the measure, without blind tokens."""
    return {held for held in names_held if rules.compare(asked, [held]).why}


def test_blind_tokens_find_what_reading_every_name_would_find(agency, wren, actor):
    rng = random.Random(7)
    held = {
        f"{rng.choice(GIVEN)} {rng.choice(GIVEN)} {family}"
        for family in FAMILY
        for _n in range(25)
    }
    held |= {f"{one} {rng.choice(FAMILY)}" for one in (*GIVEN, *SYLLABICS)} | set(SYLLABICS)
    by_name = {
        name: YoungPersonFactory(agency=agency, opened_by=wren, name_used=name)
        for name in sorted(held)
    }
    hits = asked_in_all = 0
    for name in sorted(held):
        asked = _mistyped(name, rng)
        if name in _unsealed_search(asked, [name]):
            asked_in_all += 1
            found = find(actor, asked, limit=60)
            hits += by_name[name] in [match.person for match in found]
    assert len(held) >= 280
    assert asked_in_all / len(held) >= 0.95
    assert hits / asked_in_all >= 0.95
