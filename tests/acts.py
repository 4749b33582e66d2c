"""What each action is given to try it: `DOES` writes, `READS` only looks, both from a `Cast`."""

import datetime as dt
from typing import Any

from django.conf import settings

from leeward.access.actors import SYSTEM, actor_for, young_person
from leeward.accounts import actions as accounts
from leeward.accounts.factories import WorkerFactory
from leeward.administration import actions as administration
from leeward.administration.factories import AdministratorFactory, RequestFactory
from leeward.audit import actions as audit
from leeward.conferences.factories import MeetingFactory
from leeward.core.ids import new_id
from leeward.documents import actions as documents
from leeward.documents.taking import Clean
from leeward.drafts import actions as drafts
from leeward.entry import actions as entry
from leeward.entry.choosing import actions as choosing
from leeward.entry.codes import new_pass, pass_kept_as
from leeward.entry.faces import places
from leeward.entry.factories import (
    OWN_NUMBER,
    WORDS,
    CodeRequestFactory,
    EntryFactory,
    PasskeyFactory,
    VisitFactory,
)
from leeward.entry.own import actions as own_entry
from leeward.entry.passkeys import Made
from leeward.keeping import actions as keeping
from leeward.keeping.disposal import actor_of
from leeward.keeping.factories import DisposalFactory, HoldFactory
from leeward.legal import actions as legal
from leeward.legal.factories import DutyFactory
from leeward.missing.factories import EpisodeFactory
from leeward.notices import actions as notices
from leeward.notices.factories import NoticeFactory
from leeward.observations import actions as observations
from leeward.observations.factories import ObservationFactory, OpinionFactory
from leeward.people import actions as people
from leeward.people.emergency import actions as emergency
from leeward.people.factories import (
    AssignmentFactory,
    BreakGlassFactory,
    ConflictLockFactory,
    YoungPersonFactory,
)
from leeward.people.models import FileEvent
from leeward.people.standing import actions as standing
from leeward.people.standing.kinds import UNUSUAL
from leeward.people.watching import actions as watching
from leeward.placements import actions as placements
from leeward.placements.factories import PlacementFactory
from leeward.plans.factories import ItemVersionFactory, StepFactory, SuggestionFactory
from leeward.relationships import actions as circle
from leeward.relationships.factories import AdvocacyFactory, TieVersionFactory
from leeward.releases import actions as releases
from leeward.releases.factories import ReleaseFactory
from tests import (
    acts_of_concerns,
    acts_of_missing,
    acts_of_plans,
    acts_of_reminders,
    acts_of_requests,
    acts_of_residences,
    acts_of_rules,
    acts_of_sharing,
)  # fmt: skip
from tests.acts_of_meetings import OF_MEETINGS

OF_APPS = (acts_of_concerns, acts_of_plans, acts_of_reminders, acts_of_residences, acts_of_rules)
DAY = dt.date(2025, 3, 10)


class Cast:
    """Everybody and everything an action may need, in one file."""

    def __init__(self, person, wren, colleague, supervisor):
        self.person, self.colleague = person, colleague
        self.agency = person.agency
        self.by, self.chief = actor_for(wren), actor_for(supervisor)
        self.officer = actor_for(WorkerFactory(agency=self.agency, role="privacy_officer"))
        self.admin = actor_for(AdministratorFactory(agency=self.agency))
        self.request = RequestFactory(worker=colleague)
        self.note = ObservationFactory(person=person)
        self.released = ReleaseFactory(note__person=person).note
        self.opinion = OpinionFactory(person=person)
        self.duty = DutyFactory(observation__person=person)
        self.item = ItemVersionFactory(person_of=person).item
        self.step = StepFactory(person_of=person).item
        self.suggestion = SuggestionFactory(person=person)
        self.tie = TieVersionFactory(tie__person=person, related=True).tie
        self.advocacy = AdvocacyFactory(person=person)
        self.meeting = MeetingFactory(person=person, asked=True)
        self.assignment = person.team.get(worker=wren)
        PlacementFactory(person=person, since=DAY - dt.timedelta(days=9))
        officer = WorkerFactory(agency=self.agency, role="privacy_officer")
        self.officer, self.keeper = actor_for(officer), actor_of(self.agency.pk)
        self.hold = HoldFactory(person_id=person.pk, set_by=supervisor)
        self.asked = DisposalFactory(person_id=self.long_closed().pk, asked_by=supervisor)
        self.notice = NoticeFactory(to=wren, about=person.pk)
        drafts.keep_draft(by=self.by, form="record", subject_id=person.pk, typed={"a": ["b"]})

        EntryFactory(person=person)
        self.own = young_person(person.pk, person.agency_id)

        self.document = documents.add(**DOES[documents.add](self))

    @property
    def file(self):
        """`by` and `person`, as most actions take them."""
        return {"by": self.by, "person": self.person}

    def coming_in(self):
        """`by` and the rest of coming in, but for what is opened."""
        return {"by": self.own, "kept_as": pass_kept_as(new_pass()), "borrowed": False}

    def in_twice(self):
        """`by` and the visit that stays, of two."""
        here, _there = (VisitFactory(person=self.person, token=each) for each in ("one", "two"))
        return {"by": self.own, "visit_id": here.pk}

    def on_their_phone(self):
        """`by` and a visit on a phone of theirs that nobody else sees."""
        return {"by": self.own, "visit": VisitFactory(person=self.person)}

    def asked_words(self):
        """Words that a colleague asks for, who is on the team."""
        AssignmentFactory(person=self.person, worker=self.colleague)
        return CodeRequestFactory(person=self.person, asked_by=self.colleague).pk

    def closed(self, **said):
        """A closed file."""
        return YoungPersonFactory(
            agency=self.agency, opened_by=self.colleague, closed=True, **said
        )

    def lock(self):
        """A colleague is kept from the file."""
        return ConflictLockFactory(
            person=self.person, worker=self.colleague, set_by_id=self.chief.id
        )

    def left(self):
        """Somebody who works there no more."""
        return WorkerFactory(agency=self.agency, is_active=False)

    def about(self, worker):
        """`by`, `worker` and `reason`, as most of administration takes them."""
        return {"by": self.admin, "worker": worker, "reason": "a new phone"}

    def broken(self):
        """A colleague opened the file in an emergency."""
        return BreakGlassFactory(person=self.person, worker=self.colleague)

    def much_refused(self):
        """A colleague has tried many doors; the system looks at everybody."""
        actor = actor_for(self.colleague)
        for _ in range(settings.LEEWARD_UNUSUAL["not_theirs"][0]):
            audit.record(by=actor, action="overview", subject=new_id(), outcome="refused")
        return SYSTEM

    def asked_about(self):
        """A colleague whom the privacy officer is asked to look into."""
        NoticeFactory(
            kind=UNUSUAL.name, agency_id=self.agency.pk, to_role="privacy_officer",
            about=self.colleague.pk,
        )  # fmt: skip
        return self.colleague

    def long_closed(self):
        """A file whose time is over."""
        person = self.closed(name_used="Sol Invented")
        event = {"kind": "closed", "on": dt.date(1999, 3, 10), "recorded_by": self.colleague}
        FileEvent.objects.create(person=person, **event)
        return person

    def agreed(self):
        """A disposal that two people agreed on."""
        return keeping.approve_disposal(by=self.officer, disposal_id=self.asked.pk)

    def erased(self):
        """One whose rows are gone."""
        return keeping.erase(by=self.keeper, disposal=self.agreed())

    def away(self):
        """A young person who is missing."""
        return EpisodeFactory(
            person=YoungPersonFactory(agency=self.agency, opened_by=self.colleague)
        ).person


def closed_after_new_words(c):
    """The young person, for whom what is private is closed."""
    entry.agree_to_words(by=c.chief, request_id=c.asked_words())
    return c.own


DOES = acts_of_requests.DOES | {
    entry.offer: lambda c: c.file | {
        "face": "notes", "language": "fr", "watched": "no", "where": "own",
    },
    entry.ask_for_words: lambda c: c.file | {"reason": "the first"},
    entry.agree_to_words: lambda c: {"by": c.chief, "request_id": c.asked_words()},
    entry.refuse_words: lambda c: {"by": c.chief, "request_id": c.asked_words()},
    entry.take_back_words: lambda c: {
        "by": actor_for(c.colleague), "request_id": c.asked_words(),
    },
    entry.lock: lambda c: c.file,
    entry.unlock: lambda c: c.file | {"person": entry.lock(**c.file).person},
    entry.begin: lambda c: c.coming_in() | {"own": "a hash"},
    entry.open_visit: lambda c: c.coming_in() | {"opens": "own"},
    entry.leave: lambda c: {"by": c.own, "visit_id": VisitFactory.create(person=c.person).pk},
    choosing.choose_offered: lambda c: {
        "by": c.admin,
        "faces": ["recipes"],
        "leave_to": places()[1],
    },
    own_entry.change_number: lambda c: c.in_twice() | {"old": OWN_NUMBER, "number": "8350274"},
    own_entry.choose_face: lambda c: {"by": c.own, "face": "weather"},
    own_entry.leave_elsewhere: lambda c: c.in_twice(),
    own_entry.keep_passkey: lambda c: c.on_their_phone() | {"made": Made("a" * 64, "a key")},
    own_entry.remove_passkey: lambda c: {
        "by": c.own, "passkey_id": PasskeyFactory.create(person=c.person).pk,
        "visit_id": VisitFactory.create(person=c.person).pk,
    },
    entry.choose_second: lambda c: {"by": c.own, "number": "8350274", "lines": ["Milk"]},
    entry.add_line: lambda c: {"by": c.own, "line": "Bread"},
    entry.make_words_back: lambda c: {"by": c.own},
    entry.give_words_back: lambda c: {"by": closed_after_new_words(c), "words": WORDS},
    accounts.found_agency: lambda _: {
        "by": SYSTEM, "name": "Another", "kind": "society", "time_zone": "America/Toronto",
    },
    accounts.take_on_worker: lambda c: {
        "by": SYSTEM, "agency": c.agency, "username": "new", "display_name": "New Pretend",
        "role": "worker", "password": None,
    },
    accounts.invite: lambda c: {"by": SYSTEM, "worker": c.colleague},
    accounts.end_all_sessions: lambda c: {"by": SYSTEM, "worker": c.colleague},
    accounts.reset_sign_in: lambda c: {"by": SYSTEM, "worker": c.colleague},
    drafts.keep_draft: lambda c: {
        "by": c.by, "form": "record", "subject_id": c.person.pk, "typed": {"text": ["more"]},
    },
    drafts.drop_draft: lambda c: {"by": c.by, "form": "record", "subject_id": c.person.pk},
    documents.add: lambda c: {
        "by": c.by, "subject_id": c.person.pk, "what": "A letter",
        "clean": Clean("text", b"Invented", 0, False),
    },
    documents.close_to_everyone: lambda c: {
        "by": c.by, "subject_id": c.person.pk, "document_id": c.document.pk,
    },
    notices.tell: lambda c: {
        "by": c.by, "agency_id": c.agency.pk, "kind": c.notice.kind, "to_worker": c.colleague.pk,
    },
    notices.tell_or_seem_to: lambda c: {
        "by": c.by, "agency_id": c.agency.pk, "kind": c.notice.kind, "to_role": "supervisor",
        "about": [c.person.pk], "really": {c.person.pk},
    },
    notices.see: lambda c: {"by": c.by, "notice_id": c.notice.pk},
    notices.settle: lambda c: {"by": c.by, "notice": c.notice, "outcome": "read"},
    notices.settle_by_hand: lambda c: {
        "by": c.by, "notice_id": c.notice.pk, "outcome": "read",
    },
    notices.settle_about: lambda c: {
        "by": c.by, "kind": c.notice.kind, "about": c.person.pk, "outcome": "read",
    },
    administration.ask_to_take_on: lambda c: {
        "by": c.admin, "display_name": "Ilo Sample", "username": "ilo", "role": "worker",
        "reason": "starts on Monday",
    },
    administration.ask_to_let_back: lambda c: c.about(c.left()),
    administration.ask_to_change: lambda c: c.about(c.colleague) | {
        "role": "intake", "supervised_by": None,
    },
    administration.ask_to_reset: lambda c: c.about(c.assignment.worker),
    administration.agree: lambda c: {"by": c.admin, "request_id": c.request.pk},
    administration.refuse: lambda c: {"by": c.admin, "request_id": c.request.pk},
    administration.take_back: lambda c: {
        "by": actor_for(c.request.asked_by), "request_id": c.request.pk,
    },
    administration.leave: lambda c: {"by": c.admin, "worker": c.colleague},
    administration.report_lost: lambda c: {"by": c.admin, "worker": c.colleague},
    people.open_file: lambda c: {"by": c.by, "name_used": "Zed", "strengths": ["kind"]},
    people.change_details: lambda c: c.file | {"version": 1, "details": {"name_used": "Zed"}},
    people.confirm_safe_contact: lambda c: c.file | {"channel": "text only"},
    people.add_strengths: lambda c: c.file | {"texts": ["kind"]},
    people.keep_own_words: lambda c: c.file | {"text": "hi", "said_on": DAY},
    people.describe: lambda c: c.file | {"hair": "long"},
    people.record_contact: lambda c: c.file | {"how": "in_person", "on": DAY},
    standing.assign: lambda c: c.file | {
        "by": c.chief, "worker": c.colleague, "works_as": "worker", "since": DAY,
    },
    standing.end_assignment: lambda c: {"by": c.chief, "assignment": c.assignment, "until": DAY},
    people.close_file: lambda c: c.file | {"reason": "moved"},
    people.reopen_file: lambda c: {"by": c.by, "person": c.closed(), "reason": "back"},
    standing.transfer_file: lambda c: c.file | {
        "by": c.chief, "to": c.colleague, "reason": "leave",
    },
    standing.lock_out: lambda c: c.file | {
        "by": c.chief, "worker": c.colleague, "why": "kin", "words": "cousins",
    },
    emergency.break_glass: lambda c: {
        "by": actor_for(c.colleague), "person_id": c.person.pk,
        "reason": "She called from a payphone and asked for help.",
    },
    emergency.review_emergency: lambda c: {
        "by": c.chief, "broken_id": c.broken().pk, "outcome": "needed",
    },
    watching.watch_agency: lambda c: {"by": c.much_refused(), "agency_id": c.agency.pk},
    watching.settle_review: lambda c: {
        "by": c.officer, "worker_id": c.asked_about().pk, "outcome": "in_order",
    },
    standing.end_lock: lambda c: {"by": c.officer, "lock": c.lock(), "reason": "a mistake"},
    placements.move: lambda c: c.file | {"kind": "residence", "since": DAY},
    circle.add_tie: lambda c: c.file | {"told": circle.Told("Mum", anchor=True)},
    circle.change_tie: lambda c: {
        "by": c.by, "tie": c.tie, "version": 1, "told": circle.Told("Auntie"),
    },
    circle.say_kin: lambda c: {"by": c.by, "tie": c.tie, "version": 1, "kin": "aunt"},
    circle.let_go: lambda c: {"by": c.by, "tie": c.tie, "version": 1},
    circle.push_back: lambda c: {"by": c.by, "tie": c.advocacy.tie, "what": "a letter"},
    circle.pushed_back: lambda c: {"by": c.by, "advocacy": c.advocacy},
    observations.record_observation: lambda c: c.file | {
        "seen": observations.Seen(text="A note", strengths=["kind"], harm="now", about="both"),
    },
    observations.explain: lambda c: {
        "by": c.by, "observation": c.note, "how": "An aunt", "on": DAY,
    },
    observations.pin: lambda c: {"by": c.by, "observation": c.note, "why": "first time"},
    observations.give_opinion: lambda c: c.file | {
        "stage": "", "reasons": "Too little", "confidence": "fairly",
    },
    observations.resolve: lambda c: {"by": c.chief, "opinion": c.opinion, "reason": "Both saw"},
    keeping.hold: lambda c: {"by": c.chief, "person_id": c.person.pk, "why": "a request"},
    keeping.end_hold: lambda c: {"by": c.officer, "hold_id": c.hold.pk},
    keeping.ask_disposal: lambda c: {"by": c.chief, "person_id": c.long_closed().pk},
    keeping.approve_disposal: lambda c: {"by": c.officer, "disposal_id": c.asked.pk},
    keeping.refuse_disposal: lambda c: {"by": c.officer, "disposal_id": c.asked.pk},
    keeping.erase: lambda c: {"by": c.keeper, "disposal": c.agreed()},
    keeping.certify: lambda c: {
        "by": c.keeper, "disposal": c.erased(), "unreadable_from": DAY,
    },
    legal.answer_duty: lambda c: {
        "by": c.by, "duty": c.duty, "outcome": "reported", "on": DAY, "who": "me",
        "society": "an invented society",
    },
    **acts_of_missing.DOES,
    **{act: how for app in OF_APPS for act, how in app.DOES.items()},
    releases.release: lambda c: {
        "by": c.by, "note": c.note, "answers": {"phone": "no", "tip_off": "no", "names": "no"},
    },
    releases.take_back: lambda c: {"by": c.by, "note": c.released},
    releases.write_side: lambda c: {
        "by": c.own, "person": c.person, "note_id": c.released.pk, "version": 0, "words": "Mine",
    },
    **OF_MEETINGS,
    **acts_of_sharing.DOES,
}  # fmt: skip
# To read is an act too: these write their audit row and nothing else.
READS: dict[Any, Any] = {
    own_entry.begin_passkey: lambda c: c.on_their_phone() | {"number": OWN_NUMBER},
    **{read: how for app in OF_APPS for read, how in app.READS.items()},
    entry.read_space: lambda c: {"by": c.own, "page": "open"},
    people.read_file: lambda c: {"by": c.by, "person_id": c.person.pk, "page": "overview"},
    people.look_up: lambda c: {"by": c.by, "asked": "noeli"},
    emergency.read_who_it_is: lambda c: {"by": actor_for(c.colleague), "person_id": c.person.pk},
    emergency.read_emergency: lambda c: {"by": c.chief, "broken_id": c.broken().pk},
    watching.read_activity: lambda c: {"by": c.officer, "worker_id": c.colleague.pk},
    standing.read_locks: lambda c: {"by": c.chief, "person_id": c.person.pk},
    administration.read_left_files: lambda c: {"by": c.chief, "worker_id": c.left().pk},
    keeping.read_keeping: lambda c: {"by": c.officer},
    keeping.read_disposal: lambda c: {"by": c.officer, "disposal_id": c.asked.pk},
    keeping.read_file_to_keep: lambda c: {
        "by": c.officer,
        "person_id": c.person.pk,
        "action": "keeping.hold",
    },
    keeping.read_hold: lambda c: {"by": c.officer, "hold_id": c.hold.pk},
    legal.read_duties: lambda c: {"by": c.by},
    legal.read_duty: lambda c: {"by": c.by, "duty_id": c.duty.pk},
    **acts_of_sharing.READS,
    **acts_of_requests.READS,
}

# The system founds agencies and takes people on; whoever types owns the draft. Who may invite and
# who may reset is decided by administration, which stands on these. What anybody does may be
# somebody else's to know.
WITHOUT_A_PERMISSION = {
    accounts.found_agency, accounts.take_on_worker, accounts.invite, accounts.end_all_sessions,
    accounts.reset_sign_in, drafts.keep_draft, drafts.drop_draft, notices.tell,
    notices.tell_or_seem_to,
}  # fmt: skip
