"""`leeward keys`, as an officer types it."""

import io

import pytest
from django.core.management import CommandError, call_command

from leeward.audit.models import AuditRow
from leeward.people.models import SearchToken, YoungPerson
from leeward.people.queries import find
from leeward.sealing import keyring, keysets, turning
from leeward.sealing.providers import KeyFile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_key_of_this_test(settings, tmp_path):
    settings.LEEWARD_KEYSET_FILE = tmp_path / "keyset.json"
    settings.LEEWARD_KEYS_HELD_SECONDS = 0
    KeyFile().make()
    keyring.let_go()


def keys(*words):
    """What the command prints."""
    said = io.StringIO()
    call_command("keys", *words, stdout=said, stderr=io.StringIO(), verbosity=0)
    return said.getvalue()


def typed(monkeypatch, text):
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_status_tells_counts_and_no_key(person):
    said = keys("status")
    assert "agencies            1, 0 under an older version" in said
    assert "last turned over    never" in said
    assert '"value"' not in said


@pytest.mark.parametrize("deep", [False, True])
def test_rotate_turns_keys_over_and_says_so_in_the_audit(person, deep):
    said = keys("rotate", *(["--deep"] if deep else []))
    assert ("sealed again" in said) == deep
    assert "leeward keys split" in said
    assert YoungPerson.objects.get(pk=person.pk).name_used == "Noʔeli"
    assert len(keyring.holder_keys(person.pk).ids) == 1 + deep
    acts = list(AuditRow.objects.order_by("id").values_list("action", flat=True))[-2:]
    assert acts == ["keys.rotate", "keys.rotated"]


def test_rotate_ends_what_was_begun_and_then_does_what_was_asked(person):
    turning.begin(deep=False)
    assert "is not done" in keys("status")
    said = keys("rotate", "--deep")
    assert "Going on" in said
    assert turning.unfinished() is None
    assert len(keyring.holder_keys(person.pk).ids) == 2


def test_split_and_join_put_a_lost_key_back(person, monkeypatch, settings):
    typed(monkeypatch, "")
    said = keys("split")
    first, second = said.split("Leeward key, share ")[1:]
    second = second.split("Neither")[0]
    before = keysets.primary(KeyFile().recovery_copy())
    typed(monkeypatch, f"{second.split(chr(10), 1)[1]}\n\n{first.split(chr(10), 1)[1]}")
    with pytest.raises(CommandError, match="already"):
        keys("join")
    settings.LEEWARD_KEYSET_FILE.unlink()
    keyring.let_go()
    typed(monkeypatch, f"{second.split(chr(10), 1)[1].strip()}\n\n{first.split(chr(10), 1)[1]}")
    assert "leeward migrate" in keys("join")
    assert KeyFile().version() == before
    assert settings.LEEWARD_KEYSET_FILE.stat().st_mode & 0o777 == 0o600
    assert YoungPerson.objects.get(pk=person.pk).name_used == "Noʔeli"


def test_a_slip_in_a_share_writes_nothing(monkeypatch, settings):
    settings.LEEWARD_KEYSET_FILE.unlink()
    typed(monkeypatch, "ABCDE\n\nABCDE\n")
    with pytest.raises(CommandError, match="Nothing was written"):
        keys("join")
    assert not settings.LEEWARD_KEYSET_FILE.exists()


def test_reindex_renews_lost_tokens_and_leaves_the_others(person, actor):
    right = set(SearchToken.objects.values_list("token", flat=True))
    assert "0 people" in keys("reindex")
    SearchToken.objects.filter(person=person).delete()
    assert find(actor, "Noeli") == []
    assert "1 people" in keys("reindex")
    assert set(SearchToken.objects.values_list("token", flat=True)) == right
    assert [match.person for match in find(actor, "Noeli")] == [person]


def test_reindex_takes_the_tokens_of_a_name_whose_key_is_gone(person):
    keyring.destroy_key(person.pk)
    keys("reindex")
    assert not SearchToken.objects.filter(person=person).exists()


def test_new_prints_a_key_and_then_the_next_one_that_opens_both(monkeypatch):
    monkeypatch.delenv("LEEWARD_KEY", raising=False)
    first = keysets.from_text(keys("new"))
    monkeypatch.setenv("LEEWARD_KEY", keysets.as_text(first))
    second = keysets.from_text(keys("new"))
    assert keysets.key_ids(second)[0] == keysets.primary(first)
    assert len(keysets.key_ids(second)) == 2


def test_a_key_that_a_service_keeps_is_neither_split_nor_joined(settings, tmp_path, monkeypatch):
    settings.LEEWARD_KEY_PROVIDER = "vault"
    typed(monkeypatch, "")
    for word in ("split", "join"):
        with pytest.raises(CommandError, match="does not hand it out"):
            keys(word)
    assert {path.name for path in tmp_path.iterdir()} == {"keyset.json"}
