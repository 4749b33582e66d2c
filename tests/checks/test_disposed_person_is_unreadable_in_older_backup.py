"""Years after a disposal somebody holds an older backup of the data, an officer's key, and every
keyring backup within its time. The person who was disposed of does not open; the others do."""

import datetime as dt
import shutil
import sqlite3
from contextlib import ExitStack, closing, contextmanager

import pytest

from leeward.keeping.backups.files import name_for
from leeward.keeping.backups.manifest import KEYRING
from tests.disposing import ASK_AND_APPROVE, CLOSE_ONE, READ, SETTING, lines
from tests.installation import Installation

# In processes of its own, each with a database of the engine at hand.
pytestmark = [pytest.mark.engine, pytest.mark.xdist_group("disposed")]

# What lies in the database of the person who goes, as hexadecimal: sealed words, and their key.
LIES_THERE = (
    *SETTING,
    "from leeward.drafts.actions import keep_draft",
    "from leeward.observations.models import Observation",
    "from leeward.sealing.models import DataKey",
    "goes = YoungPerson.objects.get(pk='{goes}')",
    "worker = Worker.objects.filter(agency=goes.agency).first()",
    "keep_draft(by=actor_for(worker), form='record', subject_id=goes.pk, typed={'text': ['x']})",
    "note = Observation.objects.filter(person=goes).first()",
    "print(bytes(goes.__dict__['name_used']).hex())",
    "print(bytes(note.__dict__['text']).hex())",
    "print(bytes(DataKey.objects.get(holder=goes.pk).sealed).hex())",
)
LEFT = (
    *SETTING,
    "from leeward.drafts.models import Draft",
    "from leeward.people.models import SearchToken",
    "print(YoungPerson.objects.filter(pk='{goes}').count())",
    "print(SearchToken.objects.filter(person_id='{goes}').count())",
    "print(Draft.objects.filter(subject_id='{goes}').count())",
    "print(keyring.has_key('{goes}'))",
)
CERTIFICATE = (*SETTING, "print(Disposal.objects.get().unreadable_from)")


class Story:
    """An installation before a disposal, and after; its backups from both times."""

    def __init__(self, folder):
        self.folder = folder
        self.here = Installation(folder / "here")
        self.here.leeward("populate", "--people", "4", "--seed", "1", "-v0")
        self.identity = folder / "officer"
        recipient = self.here.leeward("backup", "--new-identity", str(self.identity)).strip()
        for name in ("LEEWARD_BACKUP_RECIPIENTS", "LEEWARD_KEYRING_RECIPIENTS"):
            self.here.environment[name] = recipient
        self.goes, self.stays = self.here.python(*CLOSE_ONE).split()
        told = self.here.python(*lines(LIES_THERE, goes=self.goes)).split()
        self.lay_there = [bytes.fromhex(each) for each in told]
        self.older = self.backup("first")
        self.held_before = self.here.held()
        self.here.python(*lines(ASK_AND_APPROVE, goes=self.goes))
        with self.others_at_work():
            self.here.leeward("dispose")
            self.held_after = self.here.held()
        self.newer = self.backup("second")

    @contextmanager
    def others_at_work(self):
        """Other processes have the databases open: SQLite then keeps its write-ahead logs, which
        it empties by itself when the last one leaves."""
        with ExitStack() as open_ones:
            for path in self.here.folder.rglob("*.sqlite3"):
                connection = open_ones.enter_context(closing(sqlite3.connect(path)))
                connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchall()
            yield

    def backup(self, name):
        """Where the two files of a backup are."""
        to, keys_to = self.folder / name / "data", self.folder / name / "keys"
        self.here.leeward("backup", "--to", str(to), "--keys-to", str(keys_to))
        return next(to.glob("data-*.age")), next(keys_to.glob("keyring-*.age"))

    def restored(self, name, data, keyring):
        """An empty installation with these two put back."""
        there = Installation(self.folder / name)
        there.take_key_of(self.here)
        there.leeward("restore", str(data), str(keyring), "--identity", str(self.identity))
        there.leeward("migrate", "-v0")
        return there


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    told = Story(tmp_path_factory.mktemp("disposed"))
    yield told
    told.here.close()


def reads(installation, person):
    """Whether the person's row is there, and what its name and first note do when opened."""
    return installation.python(*lines(READ, person=person)).split()


def test_disposed_person_is_unreadable_in_older_backup(story):
    there = story.restored("with_newer_keys", story.older[0], story.newer[1])
    try:
        assert reads(there, story.goes) == ["there", "DoesNotOpen", "DoesNotOpen"]
        assert reads(there, story.stays) == ["there", "True", "True"]
    finally:
        there.close()


def test_until_its_time_is_over_an_older_keyring_still_opens_them(story):
    # What the certificate's date is about, and the proof that the test above reads the right rows.
    there = story.restored("with_older_keys", *story.older)
    try:
        assert reads(there, story.goes) == ["there", "True", "True"]
    finally:
        there.close()


def test_the_certificate_gives_the_day_from_which_no_keyring_backup_is_left(story):
    given = dt.date.fromisoformat(story.here.python(*CERTIFICATE))
    # The last keyring that holds the key was written on the day of the disposal, at the latest.
    folder = story.folder / "kept"
    folder.mkdir()
    written = dt.datetime.combine(given, dt.time.max, dt.UTC) - dt.timedelta(days=31)
    last = folder / name_for(KEYRING, written)
    shutil.copy(story.older[1], last)
    within = folder / name_for(KEYRING, dt.datetime.now(dt.UTC) - dt.timedelta(days=29))
    shutil.copy(story.older[1], within)
    expired = folder / name_for(KEYRING, dt.datetime.now(dt.UTC) - dt.timedelta(days=31))
    shutil.copy(story.older[1], expired)
    other = folder / "keyring-of-somebody-else.age"
    other.write_bytes(b"not ours")
    data = story.folder / "more"
    story.here.leeward("backup", "--to", str(data), "--keys-to", str(folder))
    assert not expired.exists()
    assert within.exists()
    assert other.exists()
    assert len(list(data.iterdir())) == 1


def test_nothing_of_theirs_is_left_in_the_live_data(story):
    assert story.here.python(*lines(LEFT, goes=story.goes)).split() == ["0", "0", "0", "False"]
    if story.here.on_postgresql:
        # Its files are the server's: what lies in them until they are written anew is sealed
        # under the key that is gone (ADR 34).
        return
    for lay_there in story.lay_there:
        assert lay_there in story.held_before, "looked for in the wrong place"
        assert lay_there not in story.held_after


def test_a_disposal_that_is_done_is_not_done_again(story):
    assert story.here.leeward("dispose") == ""
