"""Files that whoever writes them cannot read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.sealing.offline import (
    OfflineFault,
    identities,
    make_identity,
    read_with,
    recipients,
    written_for,
)

WORDS = b"Noeli Made-Up said: a window. " * 5000


@pytest.fixture
def officer(tmp_path):
    """An identity file and its public recipient."""
    path = tmp_path / "officer.txt"
    return path, make_identity(path)


def write(path, recipient, words=WORDS):
    with written_for(path, recipients(recipient)) as stream:
        stream.write(words)


def read(path, identity):
    with read_with(path, identities([identity])) as stream:
        return stream.read()


def test_the_identity_opens_what_its_recipient_was_sent(tmp_path, officer):
    identity, recipient = officer
    write(tmp_path / "a.age", recipient)
    held = (tmp_path / "a.age").read_bytes()
    assert b"Made-Up" not in held
    assert read(tmp_path / "a.age", identity) == WORDS
    assert (tmp_path / "a.age").stat().st_mode & 0o777 == 0o600
    assert identity.stat().st_mode & 0o777 == 0o600


@given(words=st.binary(max_size=200_000))
def test_whatever_is_written_comes_back(tmp_path_factory, words):
    folder = tmp_path_factory.mktemp("any")
    recipient = make_identity(folder / "one")
    write(folder / "a.age", recipient, words)
    assert read(folder / "a.age", folder / "one") == words


def test_any_one_of_several_opens_it(tmp_path, officer):
    identity, recipient = officer
    second = make_identity(tmp_path / "second")
    (tmp_path / "list").write_text(f"# two officers\n{recipient}\n{second}  # the other\n")
    write(tmp_path / "a.age", str(tmp_path / "list"))
    for each in (identity, tmp_path / "second"):
        assert read(tmp_path / "a.age", each) == WORDS


def test_another_identity_does_not(tmp_path, officer):
    write(tmp_path / "a.age", officer[1])
    make_identity(tmp_path / "stranger")
    with pytest.raises(OfflineFault, match="does not open"):
        read(tmp_path / "a.age", tmp_path / "stranger")


@pytest.mark.parametrize("harm", ["cut", "changed", "lengthened"])
def test_a_file_that_was_harmed_is_found_out_at_its_end(tmp_path, officer, harm):
    identity, recipient = officer
    path = tmp_path / "a.age"
    write(path, recipient)
    held = bytearray(path.read_bytes())
    if harm == "cut":
        held = held[:-70_000]
    elif harm == "changed":
        held[-10] ^= 1
    else:
        held += b"more"
    path.write_bytes(held)
    with pytest.raises(OfflineFault, match="cut short or changed"):
        read(path, identity)


def test_what_is_no_backup_is_called_so(tmp_path, officer):
    (tmp_path / "a.age").write_bytes(b"hello")
    with pytest.raises(OfflineFault, match="no backup"):
        read(tmp_path / "a.age", officer[0])


def test_a_run_that_fails_leaves_no_file(tmp_path, officer):
    def fails():
        with written_for(tmp_path / "a.age", recipients(officer[1])) as stream:
            stream.write(WORDS)
            raise KeyError("on the way")

    with pytest.raises(KeyError, match="on the way"):
        fails()
    assert not (tmp_path / "a.age").exists()


def test_an_identity_is_never_overwritten(officer):
    held = officer[0].read_text()
    with pytest.raises(OfflineFault, match="Nothing was written"):
        make_identity(officer[0])
    assert officer[0].read_text() == held


def test_a_secret_among_the_recipients_is_refused_and_not_repeated(officer):
    secret = officer[0].read_text().splitlines()[-1]
    with pytest.raises(OfflineFault, match="must not be on this machine") as fault:
        recipients(str(officer[0]))
    assert secret not in str(fault.value)


@pytest.mark.parametrize("told", ["", "age1nonsense", "/nowhere/at/all"])
def test_without_a_recipient_nothing_is_written(told):
    with pytest.raises(OfflineFault):
        recipients(told)


def test_a_wrong_line_of_an_identity_is_not_repeated(tmp_path):
    (tmp_path / "x").write_text("AGE-SECRET-KEY-1NOTREALLY\n")
    with pytest.raises(OfflineFault, match="not an identity") as fault:
        identities([tmp_path / "x"])
    assert "NOTREALLY" not in str(fault.value)
