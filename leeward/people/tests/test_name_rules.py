import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.people import rules

NAMES = st.text(st.characters(categories=["L", "M", "Zs", "Pd", "Po", "Nd"]), max_size=30)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Éloïse", "eloise"),
        ("Noʔeli", "noeli"),
        ("No7eli", "noeli"),
        ("No'eli", "noeli"),
        ("No’eli", "noeli"),
        ("Sélu7", "selu"),
        ("MARIE-ÈVE  Exemple", "marie eve exemple"),
        ("  ", ""),
        ("Straße", "strasse"),
    ],
)
def test_a_name_is_compared_without_case_accents_and_glottal_letters(written, plain):
    assert rules.plain(written) == plain


def test_composed_and_decomposed_letters_are_one():
    assert rules.plain("Se\u0301lu") == rules.plain("S\u00e9lu")


def test_syllabics_have_a_form_in_latin_letters():
    assert rules.roman("ᓄᐁᓖ").isascii()
    assert rules.roman("ᓄᐁᓖ")


@given(NAMES)
def test_any_name_with_letters_is_found_by_itself(name):
    asked = rules.tokens_to_ask(name)
    if rules.plain(name):
        assert asked & rules.tokens_of_names([name], "")
        assert rules.compare(name, [name]).why == (rules.SAME,)
    else:
        assert not asked


@given(NAMES, NAMES)
def test_the_order_of_the_pieces_does_not_matter(one, other):
    if rules.roman(one) and rules.roman(other):
        found = rules.compare(f"{one} {other}", [f"{other} {one}"])
        assert found.why == (rules.SAME,)


@given(NAMES, NAMES, st.sampled_from(["", "2009", "2009-11", "2009-11-30"]))
def test_comparing_never_fails_and_gives_a_reason_with_every_order(one, other, born):
    found = rules.compare(one, [other], born, "2009-11-30")
    assert bool(found.why) == (found.order > 0)


@given(st.permutations(["Noʔeli Example", "Nelly Example", "ᓄᐁᓖ"]))
def test_the_best_of_several_names_counts_in_any_order(names):
    assert rules.compare("nelly example", names).why == (rules.SAME,)


@pytest.mark.parametrize(
    ("asked", "name", "why"),
    [
        ("noeli", "Noʔeli Example", rules.SAME),
        ("noe", "Noʔeli Example", rules.BEGINS),
        ("noeil", "Noʔeli Example", rules.CLOSE),
        ("neoli", "Noʔeli Example", rules.CLOSE),
        ("noel", "Noʔeli Example", rules.BEGINS),
        ("ne", "Noʔeli Example", rules.INITIALS),
        ("marieeve", "Marie-Ève Example", rules.SAME),
        ("marie eve", "Marieève Example", rules.SAME),
        ("n e", "Noʔeli Example", rules.BEGINS),
        ("katherine", "Catherine Sample", rules.CLOSE),
        ("steffany", "Stephanie Sample", rules.SOUNDS),
    ],
)
def test_why_two_names_are_alike_is_said(asked, name, why):
    assert rules.compare(asked, [name]).why == (why,)


@pytest.mark.parametrize("asked", ["zacharie", "noeli pretend", "q", "exx"])
def test_names_that_are_not_alike_are_not_alike(asked):
    assert rules.compare(asked, ["Noʔeli Example"]).why == ()


@pytest.mark.parametrize(
    ("asked", "born", "why"),
    [
        ("2009-11-30", "2009-11-30", rules.BIRTH),
        ("2009-11", "2009-11-30", rules.BIRTH_YEAR),
        ("2009", "2009-01-02", rules.BIRTH_YEAR),
    ],
)
def test_the_same_birth_date_is_a_reason_beside_the_name(asked, born, why):
    assert rules.compare("noeli", ["Noʔeli"], asked, born).why == (rules.SAME, why)


def test_a_birth_date_alone_makes_nobody_alike():
    assert rules.compare("zacharie", ["Noʔeli"], "2009-11-30", "2009-11-30").why == ()


def test_a_birth_date_alone_is_not_asked_for():
    assert rules.tokens_to_ask("…", "2009-11-30") == set()
