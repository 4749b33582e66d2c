import time

from leeward.core.ids import new_id


def test_ids_are_version_7_and_never_repeat():
    made = [new_id() for _n in range(2000)]
    assert len(set(made)) == len(made)
    assert {each.version for each in made} == {7}
    assert {each.variant for each in made} == {"specified in RFC 4122"}


def test_ids_rise_with_time():
    first = new_id()
    time.sleep(0.002)
    assert first < new_id()


def test_an_id_cannot_be_guessed_from_its_neighbour():
    made = [new_id().int & ((1 << 62) - 1) for _n in range(200)]
    assert len({each >> 32 for each in made}) > 190
