"""`leeward backup` and `leeward restore`, as an operator types them, on the engine of this run."""

import datetime as dt
import re
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.keeping.backups import files, writing
from leeward.keeping.backups.manifest import DATA, KEYRING, Manifest, NotAManifest
from leeward.sealing.offline import identities, recipients
from tests.installation import Installation

# In processes of its own, each with a database of the engine at hand.
pytestmark = [pytest.mark.engine, pytest.mark.xdist_group("backups")]

NAMES = (
    "from leeward.people.models import YoungPerson",
    "print(sorted(each.name_used for each in YoungPerson.objects.all()))",
)


class Backed:
    """An installation with three invented people and a document, and its two files."""

    def __init__(self, folder):
        self.folder = folder
        self.here = Installation(folder / "here")
        self.here.leeward("populate", "--people", "3", "--seed", "1", "-v0")
        self.here.leeward("audit", "seal")
        (self.here.folder / "media").mkdir()
        (self.here.folder / "media" / "a-document").write_bytes(b"sealed bytes")
        self.identity = folder / "officer"
        self.recipient = self.here.leeward("backup", "--new-identity", str(self.identity)).strip()
        for name in ("LEEWARD_BACKUP_RECIPIENTS", "LEEWARD_KEYRING_RECIPIENTS"):
            self.here.environment[name] = self.recipient
        to, keys_to = str(folder / "data"), str(folder / "keys")
        self.said = self.here.leeward("backup", "--to", to, "--keys-to", keys_to)
        self.data = next((folder / "data").iterdir())
        self.keyring = next((folder / "keys").iterdir())

    def unpacked(self, name):
        """The data file, opened by its officer: its folder and its manifest."""
        into = self.folder / name
        into.mkdir()
        with files.read(self.data, identities([self.identity]), into) as manifest:
            return into, manifest

    def packed(self, name, manifest, into):
        """A data file written by somebody who knows the recipient."""
        path = self.folder / name
        others = [("a-document", into / "files" / "a-document")]
        files.write(path, recipients(self.recipient), manifest, into / files.DATABASE, others)
        return path


@pytest.fixture(scope="module")
def backed(tmp_path_factory):
    told = Backed(tmp_path_factory.mktemp("backed"))
    yield told
    told.here.close()


@pytest.fixture
def empty(backed, tmp_path):
    """An empty installation with the key-encryption key put back."""
    there = Installation(tmp_path / "there")
    there.take_key_of(backed.here)
    yield there
    there.close()


def restore(there, data, keyring, identity, fails=0):
    """`leeward restore`."""
    given = (str(data), str(keyring), "--identity", str(identity))
    return there.leeward("restore", *given, fails=fails)


def test_what_was_backed_up_comes_back_whole(backed, empty):
    said = restore(empty, backed.data, backed.keyring, backed.identity)
    assert "Counts and audit are what they were" in said
    empty.leeward("migrate", "-v0")
    assert empty.python(*NAMES) == backed.here.python(*NAMES)
    assert (empty.folder / "media" / "a-document").read_bytes() == b"sealed bytes"
    again = restore(empty, backed.data, backed.keyring, backed.identity, fails=1)
    assert "There is an installation here already" in again


def heads(installation):
    """The file of signed heads, and the one beside it that a restore makes."""
    folder = installation.folder / "audit"
    return folder / "heads.jsonl", next(folder.glob("heads.jsonl.lost-*"), None)


def take_log_of(other, here):
    """The signed heads and their key, as the README says to put them back."""
    shutil.copy(other.folder / "keys" / "audit_signing.json", here.folder / "keys")
    shutil.copytree(other.folder / "audit", here.folder / "audit")


def test_the_log_goes_on_from_where_it_was_backed_up(backed, empty):
    backed.here.leeward("audit", "seal")  # a head over the row of the backup, and of later ones
    take_log_of(backed.here, empty)
    signed = heads(empty)[0].read_text().splitlines()
    said = restore(empty, backed.data, backed.keyring, backed.identity)
    kept, lost = heads(empty)
    assert 0 < len(kept.read_text().splitlines()) < len(signed)
    assert [*kept.read_text().splitlines(), *lost.read_text().splitlines()] == signed
    assert f"are now in {lost}" in said
    assert "The log holds" in said
    empty.leeward("migrate", "-v0")
    assert "Clean" in empty.leeward("audit", "verify")
    empty.leeward("audit", "seal")
    assert "Clean" in empty.leeward("audit", "verify")
    # Kept elsewhere, the later heads still tell that rows are gone.
    told = empty.leeward("audit", "verify", "--head", str(lost), fails=1)
    assert "row edited" in told or "row removed" in told


def test_without_its_heads_the_log_begins_new_ones(backed, empty):
    restore(empty, backed.data, backed.keyring, backed.identity)
    empty.leeward("migrate", "-v0")
    empty.leeward("audit", "seal")
    said = empty.leeward("audit", "verify")
    assert "Clean" in said
    assert "no signed heads" not in said


def test_a_log_that_was_changed_before_its_backup_is_told_and_brought_back(backed, empty):
    take_log_of(backed.here, empty)
    path = heads(empty)[0]
    first, *rest = path.read_text().splitlines(keepends=True)
    path.write_text("".join([first.replace('"root": "', '"root": "00', 1), *rest]))
    said = restore(empty, backed.data, backed.keyring, backed.identity, fails=1)
    assert "All of it is back, and its log does not hold" in said
    empty.leeward("migrate", "-v0")
    assert empty.python(*NAMES) == backed.here.python(*NAMES)


def test_neither_file_names_leeward_or_says_anything(backed):
    assert re.fullmatch(r"data-\d{8}T\d{6}Z\.age", backed.data.name)
    assert re.fullmatch(r"keyring-\d{8}T\d{6}Z\.age", backed.keyring.name)
    for path in (backed.data, backed.keyring):
        assert path.stat().st_mode & 0o777 == 0o600
        held = path.read_bytes()
        assert b"leeward" not in held.lower()
        assert b"SQLite" not in held
    assert not list(backed.here.folder.glob(".working-*"))


def test_the_server_itself_holds_nothing_that_opens_them(backed):
    assert b"AGE-SECRET-KEY" not in backed.here.held()


def refuses(backed, empty, data, keyring, identity, words):
    """The restore fails with these words, and nothing was put back."""
    said = restore(empty, data, keyring, identity, fails=1)
    assert words in said
    assert "Traceback" not in said
    assert not list(empty.folder.glob("*.sqlite3"))
    assert not (empty.folder / "media").exists()


def test_the_wrong_identity_opens_nothing(backed, empty, tmp_path):
    backed.here.leeward("backup", "--new-identity", str(tmp_path / "stranger"))
    stranger = tmp_path / "stranger"
    refuses(backed, empty, backed.data, backed.keyring, stranger, "does not open the file")


def test_both_files_are_needed_and_in_their_order(backed, empty):
    swapped = (backed.keyring, backed.data)
    refuses(backed, empty, *swapped, backed.identity, "data file first")
    refuses(backed, empty, backed.data, backed.data, backed.identity, "data file first")


def test_without_the_key_encryption_key_nothing_is_begun(backed, tmp_path):
    there = Installation(tmp_path / "there")
    words = "Put the key-encryption key back first"
    refuses(backed, there, backed.data, backed.keyring, backed.identity, words)
    there.close()


def test_a_file_that_was_cut_short_is_not_believed(backed, empty, tmp_path):
    cut = tmp_path / backed.data.name
    cut.write_bytes(backed.data.read_bytes()[:-100_000])
    refuses(backed, empty, cut, backed.keyring, backed.identity, "cut short or changed")


def test_counts_or_an_audit_that_are_not_what_was_said_are_refused(backed, empty):
    into, manifest = backed.unpacked("unpacked")
    said = dict(manifest.__dict__)
    rows = manifest.rows | {"people_strength": manifest.rows["people_strength"] + 1}
    fewer = backed.packed("fewer.age", Manifest(**said | {"rows": rows}), into)
    other = backed.packed("other.age", Manifest(**said | {"audit": "0" * 64}), into)
    roots = dict.fromkeys(manifest.roots, "1 00")
    grown = backed.packed("grown.age", Manifest(**said | {"roots": roots}), into)
    if empty.on_postgresql:
        words = "It was put back to be checked: empty the database"
        assert words in restore(empty, fewer, backed.keyring, backed.identity, fails=1)
        return
    refuses(backed, empty, fewer, backed.keyring, backed.identity, "people_strength")
    assert roots
    for path in (other, grown):
        refuses(backed, empty, path, backed.keyring, backed.identity, "The audit is not what it")


def test_a_backup_of_a_newer_leeward_is_refused(backed, empty):
    into, manifest = backed.unpacked("newer")
    migrations = sorted([*manifest.migrations, "people.9999_from_the_future"])
    newer = Manifest(**dict(manifest.__dict__) | {"migrations": migrations})
    path = backed.packed("newer.age", newer, into)
    refuses(backed, empty, path, backed.keyring, backed.identity, "newer Leeward")


def test_a_file_that_would_land_elsewhere_is_refused(backed, tmp_path):
    into, manifest = backed.unpacked("elsewhere")
    path = backed.folder / "elsewhere.age"
    bad = [("../../outside", into / files.DATABASE)]
    files.write(path, recipients(backed.recipient), manifest, into / files.DATABASE, bad)
    target = tmp_path / "in"
    target.mkdir()
    with (
        pytest.raises(NotAManifest, match="does not belong"),
        files.read(path, identities([backed.identity]), target),
    ):
        pass
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--to", "X"), "Say where to"),
        (("--to", "X", "--keys-to", "X"), "are the same folder"),
    ],
)
def test_a_backup_asked_wrongly_says_how_to_mend_it(backed, tmp_path, arguments, words):
    asked = [str(tmp_path) if each == "X" else each for each in arguments]
    assert words in backed.here.leeward("backup", *asked, fails=2)
    assert not list(tmp_path.glob("*.age"))


def test_no_backup_without_a_recipient(backed, tmp_path):
    before = backed.here.environment.pop("LEEWARD_KEYRING_RECIPIENTS")
    try:
        to, keys_to = str(tmp_path / "a"), str(tmp_path / "b")
        said = backed.here.leeward("backup", "--to", to, "--keys-to", keys_to, fails=2)
    finally:
        backed.here.environment["LEEWARD_KEYRING_RECIPIENTS"] = before
    assert "No recipient is named" in said


def test_a_run_that_fails_removes_no_old_keyring(tmp_path, settings, monkeypatch):
    settings.DATA_DIR = tmp_path / "here"
    keys = tmp_path / "keys"
    keys.mkdir()
    old = keys / files.name_for(KEYRING, dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    old.write_bytes(b"old")

    def fails(part, *_):
        if part == KEYRING:
            raise OSError("the disk is full")

    monkeypatch.setattr(writing, "_write_part", fails)
    with pytest.raises(OSError, match="full"):
        writing.back_up(to=tmp_path / "d", keys_to=keys, data_recipients=[], keyring_recipients=[])
    assert old.exists()


TIMES = st.integers(0, 4_000_000_000_000).map(
    lambda since: dt.datetime.fromtimestamp(since / 1000, dt.UTC)
)


@given(at=TIMES, part=st.sampled_from([DATA, KEYRING]))
def test_a_name_tells_when_to_the_second(at, part):
    path = files.Path(files.name_for(part, at))
    assert files.made_at(path, part) == at.replace(microsecond=0)
    assert files.made_at(path, KEYRING if part == DATA else DATA) is None


def test_what_is_not_ours_is_never_too_old(tmp_path):
    for name in ("keyring-1.age", "keyring-20200101T000000Z.age.txt", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "keyring-20200101T000000Z.age").mkdir()
    assert files.older_than(tmp_path, KEYRING, dt.datetime(2030, 1, 1, tzinfo=dt.UTC)) == []
    shutil.rmtree(tmp_path)
