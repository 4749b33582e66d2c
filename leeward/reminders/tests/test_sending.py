"""What leaves for workers: one fixed sentence, once, never in quiet hours, and to nobody else."""

import base64
import datetime as dt
import email
import email.policy
from dataclasses import replace

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from leeward.access.actors import SYSTEM, young_person
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory
from leeward.audit.models import AuditRow
from leeward.entry.factories import EntryFactory
from leeward.notices.actions import tell, tell_or_seem_to
from leeward.notices.delivery import sentence
from leeward.notices.factories import INVENTED, NoticeFactory
from leeward.notices.models import Notice
from leeward.reminders.channels.actions import (
    NoQuietHours,
    UnsafeChannel,
    begin_sending,
    mark_sent,
    say_channel,
)
from leeward.reminders.channels.models import Channel, Sending
from leeward.reminders.channels.sending import Run, send_due
from leeward.reminders.factories import ChannelFactory
from leeward.reminders.tests.mail_server import mail_server

pytestmark = pytest.mark.django_db
LINK = "https://desk.example.org/notices/"
# A Wednesday; noon in Toronto.
NOON = dt.datetime(2031, 1, 15, 17, 0, tzinfo=dt.UTC)
# Midnight.
NIGHT = NOON + dt.timedelta(hours=12)


def channel(worker, **more):
    return ChannelFactory(worker=worker, **more)


def send(now=NOON):
    return send_due(LINK, now)


@pytest.fixture
def server(settings):
    """Mail goes to a server on this machine, by SMTP as anywhere else."""
    with mail_server() as found:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
        settings.DEFAULT_FROM_EMAIL = "desk@example.org"
        yield found


# --- What leaves ----------------------------------------------------------------------------


def test_a_letter_holds_the_sentence_and_the_link_and_nothing_else(
    server, settings, actor, wren, person
):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "desk", "a quiet door"
    channel(wren)
    tell(by=actor, agency_id=actor.agency_id, kind=INVENTED.name, to_worker=wren.pk,
         about=person.pk)  # fmt: skip
    assert send() == Run(sent=1)
    (letter,) = server.letters
    assert (letter.sender, letter.to) == ("desk@example.org", ["wren@example.org"])
    said = email.message_from_bytes(letter.data, policy=email.policy.default)
    assert said["Subject"] == "You have something new to look at."
    assert said.get_content().split("\r\n") == [*sentence().split("\n"), LINK, ""]
    assert {each.lower() for each in said} == {
        *("content-type", "mime-version", "content-transfer-encoding"),
        *("subject", "from", "to", "date", "message-id"),
    }
    for secret in (person.name_used, str(person.pk), wren.display_name, wren.agency.name):
        assert secret.encode() not in letter.data
    assert base64.b64decode(server.credentials[0]) == b"\0desk\0a quiet door"


def test_a_weekly_reminder_leaves_alike_whether_anything_waits_or_not(wren, colleague):
    for each in (wren, colleague):
        channel(each, digest_on=2)
    NoticeFactory(to=wren)
    Channel.objects.update(said_at=NOON - dt.timedelta(days=9))
    assert send() == Run(sent=2)
    one, other = mail.outbox
    assert (one.subject, one.body) == (other.subject, other.body)


def test_each_thing_is_sent_once_however_often_it_is_run(wren):
    channel(wren, digest_on=2)
    Channel.objects.update(said_at=NOON - dt.timedelta(days=9))
    NoticeFactory.create_batch(3, to=wren)
    assert send() == Run(sent=1)
    assert send(NOON + dt.timedelta(hours=1)) == Run()
    NoticeFactory(to=wren)
    assert send(NOON + dt.timedelta(hours=2)) == Run(sent=1)
    assert send(NOON + dt.timedelta(days=7)) == Run(sent=1)
    assert len(mail.outbox) == 3
    assert AuditRow.objects.filter(action="reminder.sent", subject_id=wren.pk).count() == 3


def test_a_run_that_comes_while_another_is_sending_sends_nothing(wren):
    found = channel(wren)
    NoticeFactory(to=wren)
    from_command = {"by": _command(wren), "channel": found}
    assert begin_sending(**from_command, now=NOON)
    assert begin_sending(**from_command, now=NOON) == []
    assert send() == Run()
    # One that died is over after a while.
    assert send(NOON + dt.timedelta(minutes=11)) == Run(sent=1)


def _command(worker):
    return replace(SYSTEM, agency_id=worker.agency_id)


def test_the_database_keeps_what_was_sent_to_once(wren):
    row = {"worker": wren, "agency": wren.agency, "what": "nudge", "key": "x", "began_at": NOON}
    Sending.objects.create(**row, number=1, sent_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sending.objects.create(**row, number=2, sent_at=NOON)


# --- When ------------------------------------------------------------------------------------


def test_in_quiet_hours_it_waits_until_they_end(wren):
    channel(wren, quiet_from=dt.time(22), quiet_until=dt.time(7))
    NoticeFactory(to=wren)
    assert send(NIGHT) == Run()
    assert not Sending.objects.exists()
    assert send(NIGHT + dt.timedelta(hours=6, minutes=59)) == Run()
    assert send(NIGHT + dt.timedelta(hours=7)) == Run(sent=1)


def test_quiet_hours_are_of_the_agencys_own_zone(wren):
    channel(wren, quiet_from=dt.time(11), quiet_until=dt.time(12))
    wren.agency.time_zone = "America/Winnipeg"
    wren.agency.save()
    NoticeFactory(to=wren)
    assert send() == Run()
    wren.agency.time_zone = "America/Toronto"
    wren.agency.save()
    assert send() == Run(sent=1)


def test_what_was_seen_meanwhile_is_not_sent(wren):
    channel(wren)
    NoticeFactory(to=wren)
    Notice.objects.update(seen_at=timezone.now())
    assert send() == Run()


# --- To whom ---------------------------------------------------------------------------------


def test_to_a_role_and_to_nobody_it_is_about(supervisor, agency, wren):
    other = WorkerFactory(agency=agency, supervisor=True, username="other")
    for each in (supervisor, other, wren):
        channel(each)
    NoticeFactory(to_role="supervisor", agency_id=agency.pk, but_not_id=other.pk)
    assert send() == Run(sent=1)
    assert mail.outbox[0].to == [f"{supervisor.username}@example.org"]


def test_what_is_told_quietly_never_leaves(actor, agency, supervisor, person):
    channel(supervisor)
    to = {"by": actor, "agency_id": agency.pk, "kind": INVENTED.name, "to_role": "supervisor"}
    tell_or_seem_to(really=[person.pk], about=[person.pk], **to)
    tell(quietly=True, **to)
    assert Notice.objects.count() == 2
    assert send() == Run()
    tell(**to)
    assert send() == Run(sent=1)


def test_to_nobody_who_has_left_and_to_nobody_without_an_address(wren, colleague):
    channel(wren)
    channel(colleague)
    channel(colleague, address="")
    wren.is_active = False
    wren.save()
    NoticeFactory(to=wren)
    NoticeFactory(to=colleague)
    assert send() == Run()


def test_a_young_person_is_never_sent_anything(person, wren):
    EntryFactory(person=person)
    channel(wren, digest_on=2)
    Channel.objects.update(said_at=NOON - dt.timedelta(days=9))
    NoticeFactory(to=wren, about=person.pk)
    send()
    assert {to for letter in mail.outbox for to in letter.to} == {"wren@example.org"}
    # Nothing here can name one, and none of them may say where to be told.
    for model in (Channel, Sending):
        assert {
            each.related_model.__name__ for each in model._meta.fields if each.is_relation
        } == {
            "Worker",
            "Agency",
        }
    own = young_person(person.pk, person.agency_id)
    with pytest.raises(NotAllowed):
        say_channel(by=own, address="a@example.org", mine_alone=True, hidden_when_locked=True)


# --- A mail server that is not there ---------------------------------------------------------


def test_a_mail_server_that_is_down_loses_nothing_and_logs_no_address(
    server, wren, colleague, caplog
):
    for each in (wren, colleague):
        channel(each)
        NoticeFactory(to=each)
    server.broken = True
    assert send() == Run(reached=False)
    assert "example.org" not in caplog.text
    server.broken = False
    later = NOON + dt.timedelta(minutes=15)
    assert send(later) == Run(sent=2)
    assert len(server.letters) == 2


def test_an_address_that_is_refused_holds_up_nobody(server, wren, colleague, caplog):
    for each in (wren, colleague):
        channel(each)
        NoticeFactory(to=each)
    server.refuses = {"wren@example.org"}
    assert send() == Run(sent=1, refused=1)
    assert "wren" not in caplog.text


def test_the_command_says_how_many_and_where_to_look(server, settings, wren, capsys):
    settings.LEEWARD_NOTICE_LINK = "https://desk.example.org/"
    channel(wren)
    NoticeFactory(to=wren)
    call_command("send")
    assert "1 sent." in capsys.readouterr().out
    assert LINK.encode() in server.letters[0].data
    server.broken = True
    NoticeFactory(to=wren)
    with pytest.raises(CommandError, match="cannot be reached"):
        call_command("send")


# --- Saying where ----------------------------------------------------------------------------

SAID = {"address": "wren@example.org", "reads": "me", "shows": "no", "digest_on": "0"}


def test_a_worker_says_where_they_are_told_and_it_is_sealed(desk, wren):
    address = reverse("how_i_am_told")
    said = SAID | {"quiet_from": "22 h 00", "quiet_until": "7:00"}
    assert desk.post(address, said).status_code == 302
    row = Channel.objects.get()
    assert (row.worker, row.address, row.digest_on) == (wren, "wren@example.org", 0)
    assert (row.quiet_from, row.quiet_until) == (dt.time(22), dt.time(7))
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM reminders_channel")
        assert b"wren" not in bytes(cursor.fetchone()[0])
    page = desk.get(address).content.decode()
    assert "wren@example.org" in page
    assert "you are told at this address" in page
    assert desk.post(address, {}).url == address
    assert "nothing is sent to you" in desk.get(address).content.decode()
    assert [each.address for each in Channel.objects.order_by("number")] == [row.address, ""]


@pytest.mark.parametrize(
    "wrong",
    [
        {"reads": "others"},
        {"reads": "not_known"},
        {"reads": ""},
        {"shows": "yes"},
        {"shows": "not_known"},
        {"address": "not one"},
        {"quiet_from": "22:00"},
        {"quiet_from": "22:00", "quiet_until": "22:00"},
    ],
)
def test_a_mailbox_that_is_not_safe_is_not_taken(desk, wrong):
    answer = desk.post(reverse("how_i_am_told"), SAID | wrong)
    assert answer.status_code == 422
    assert not Channel.objects.exists()
    # Whoever has not answered yet is asked to, and not told that they answered wrongly.
    assert ("Say who reads" in answer.content.decode()) == (wrong == {"reads": ""})


def test_the_action_and_the_database_refuse_it_too(actor, wren):
    said = {"by": actor, "address": "a@example.org"}
    for unsafe in ((True, False), (False, True)):
        names = dict(zip(("mine_alone", "hidden_when_locked"), unsafe, strict=True))
        with pytest.raises(UnsafeChannel):
            say_channel(**said, **names)
        with pytest.raises(IntegrityError), transaction.atomic():
            ChannelFactory(worker=wren, **names)
    safe = said | {"mine_alone": True, "hidden_when_locked": True}
    with pytest.raises(NoQuietHours):
        say_channel(**safe, quiet_from=dt.time(22))
    assert say_channel(**safe).number == 1
    assert say_channel(**safe).number == 2


def test_what_was_said_of_a_channel_is_neither_changed_nor_removed(wren):
    row = channel(wren)
    for change in (row.save, row.delete):
        with pytest.raises(TypeError):
            change()


def test_nobody_reads_where_another_is_told(client, colleague, wren):
    channel(wren)
    client.force_login(colleague)
    assert "wren@example.org" not in client.get(reverse("how_i_am_told")).content.decode()


def test_a_run_that_was_given_up_and_ends_after_all_marks_nothing_twice(wren):
    by = replace(SYSTEM, agency_id=wren.agency_id)
    told = channel(wren)
    NoticeFactory(to=wren)
    slow = begin_sending(by=by, channel=told, now=NOON)
    quick = begin_sending(by=by, channel=told, now=NOON + dt.timedelta(minutes=11))
    assert [each.number for each in (*slow, *quick)] == [1, 2]
    assert mark_sent(by=by, sendings=quick) == 1
    assert mark_sent(by=by, sendings=slow) == 0
    assert Sending.objects.filter(sent_at__isnull=False).get() == quick[0]
