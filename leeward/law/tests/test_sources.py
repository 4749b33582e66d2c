from leeward.law.listing import listed
from leeward.law.sources import say_source


def test_source_of_every_rule_has_a_french_name():
    tabled = {one.row.source for one in listed()}
    assert {each for each in tabled if say_source(each, "fr") == each} == set()


def test_source_in_english_is_as_tabled():
    assert say_source("CYFSA s.125", "en") == "CYFSA s.125"
    assert say_source("CYFSA s.125", "fr-ca") == "LSEJF, art. 125"
