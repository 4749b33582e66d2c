from leeward.law.rules import builtin_rules
from leeward.law.sources import say_source


def test_source_of_every_rule_has_a_french_name():
    rules = builtin_rules()
    tables = (rules.prompts, rules.urgency, rules.ages, rules.agency_kinds)
    tabled = {rule.source for table in tables for rule in table}
    assert {each for each in tabled if say_source(each, "fr") == each} == set()


def test_source_in_english_is_as_tabled():
    assert say_source("CYFSA s.125", "en") == "CYFSA s.125"
    assert say_source("CYFSA s.125", "fr-ca") == "LSEJF, art. 125"
