"""Who guesses from one address waits longer, is answered alike, and is never locked out."""

import threading

import pytest

from leeward.entry import coming_in, rules, slowing
from leeward.entry.coming_in import NotIn, begin, come_in, look
from leeward.entry.factories import OWN_NUMBER, WORDS, EntryFactory

SHELTER, CAFE = "203.0.113.7", "198.51.100.9"
REFUSED = {"words of nobody": {"words": "otter otter otter otter otter"}, "wrong": {"number": "9"}}


class Clock:
    """Stands still until it is moved on."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def misses(monkeypatch, clock):
    """Nothing was tried anywhere yet."""
    found = slowing.Misses(clock)
    monkeypatch.setattr(slowing, "MISSES", found)
    monkeypatch.setattr(coming_in, "MISSES", found)
    return found


@pytest.fixture
def slept(monkeypatch, settings):
    """What each answer would have waited beyond its least time."""
    settings.LEEWARD_ENTRY_SECONDS = 1.0
    found = []
    monkeypatch.setattr(slowing.time, "sleep", found.append)
    return found


def try_in(words=WORDS, number=OWN_NUMBER, address=SHELTER):
    return come_in(words=words, number=number, borrowed=False, address=address)


@pytest.mark.parametrize(
    ("count", "longer"), [(0, 0), (10, 0), (11, 0.5), (14, 2), (26, 8), (10_000, 8)]
)
def test_the_wait_grows_and_stops_growing(count, longer):
    assert rules.longer_after(count) == longer


@pytest.mark.django_db
@pytest.mark.parametrize("how", REFUSED.values(), ids=REFUSED)
def test_whatever_opens_nothing_counts_alike(person, misses, how):
    EntryFactory(person=person)
    with pytest.raises(NotIn):
        try_in(**how)
    with pytest.raises(NotIn):
        begin(words=how.get("words", WORDS), number="8350274", borrowed=False, address=SHELTER)
    assert misses.of(SHELTER) == 2
    assert misses.of(CAFE) == 0


@pytest.mark.django_db
def test_a_shelter_where_much_was_mistyped_still_gets_in_and_waits_for_it(person, misses, slept):
    EntryFactory(person=person)
    for _ in range(rules.FREE_MISSES + 4):
        misses.count(SHELTER)
    assert look(try_in()).is_own
    assert slept[1:] == [2.0]
    slept.clear()
    with pytest.raises(NotIn):
        try_in(number="915273")
    assert slept[1:] == [2.0], "a wrong answer comes no later than a right one"
    slept.clear()
    assert look(try_in(address=CAFE)).is_own
    assert len(slept) == 1


def test_a_miss_is_forgotten_in_time(misses, clock):
    for _ in range(5):
        misses.count(SHELTER)
    clock.now += 2 * slowing.FORGOTTEN_AFTER
    assert misses.of(SHELTER) == 3
    clock.now += 60 * slowing.FORGOTTEN_AFTER
    assert misses.of(SHELTER) == 0


def test_only_so_many_addresses_are_remembered(misses, clock, monkeypatch):
    monkeypatch.setattr(slowing, "MOST_ADDRESSES", 2)
    for address in (CAFE, SHELTER, "192.0.2.1"):
        clock.now += 1
        misses.count(address)
    assert [misses.of(each) for each in (CAFE, SHELTER)] == [0, 1]


def test_no_address_is_kept_as_it_is(misses):
    misses.count(SHELTER)
    assert SHELTER.encode() not in repr(vars(misses)).encode()


def test_no_more_than_a_few_wait_longer_at_once(misses, monkeypatch, settings):
    settings.LEEWARD_ENTRY_SECONDS = 1.0
    for _ in range(rules.FREE_MISSES + 20):
        misses.count(SHELTER)
    waiting, go_on = threading.Semaphore(0), threading.Event()

    def sleep(seconds):
        if seconds > 1:
            waiting.release()
            go_on.wait(10)

    monkeypatch.setattr(slowing.time, "sleep", sleep)

    def ask():
        with slowing.slowed(SHELTER):
            pass

    threads = [threading.Thread(target=ask) for _ in range(slowing.WAIT_AT_ONCE)]
    for each in threads:
        each.start()
    try:
        assert all(waiting.acquire(timeout=10) for _ in threads)
        # Both are waiting: the next one answers after its least time.
        ask()
        assert not waiting.acquire(blocking=False)
    finally:
        go_on.set()
        for each in threads:
            each.join()
