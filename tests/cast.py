"""One young person's file with something of everything in it, for tests that walk every page."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from leeward.access.boundary import across_agencies
from leeward.accounts.factories import AgencyFactory, WorkerFactory, supervise
from leeward.accounts.models import Worker
from leeward.administration.factories import RequestFactory
from leeward.core.agency_time import today
from leeward.documents.factories import DocumentFactory
from leeward.entry.factories import (
    AgencyChoiceFactory,
    CodeRequestFactory,
    EntryFactory,
    PasskeyFactory,
    VisitFactory,
)
from leeward.keeping.factories import DisposalFactory, HoldFactory
from leeward.legal.factories import DutyFactory, RuleChangeFactory
from leeward.missing.factories import (
    EpisodeFactory,
    EpisodeNoteFactory,
    ReturnTalkFactory,
    StepNewsFactory,
)
from leeward.notices.factories import NoticeFactory
from leeward.observations.factories import (
    ExplanationFactory,
    ObservationFactory,
    OpinionFactory,
)
from leeward.people.factories import (
    BreakGlassFactory,
    ConflictLockFactory,
    ContactFactory,
    CoverFactory,
    CoverWordsFactory,
    SafeContactFactory,
    StrengthFactory,
    YoungPersonFactory,
)
from leeward.people.models import OwnWords, YoungPerson
from leeward.placements.factories import PlacementFactory
from leeward.plans.factories import (
    ItemNewsFactory,
    ItemVersionFactory,
    ReaderFactory,
    SafetyReviewFactory,
    StepFactory,
    SuggestionAnswerFactory,
    SuggestionFactory,
    WheelFactory,
)
from leeward.relationships.factories import (
    AdvocacyFactory,
    AdvocacyNewsFactory,
    AnchorFactory,
    TieVersionFactory,
)
from leeward.releases.factories import ReleaseFactory, SideFactory, StepReleaseFactory
from leeward.reminders.factories import ChannelFactory, PutOffFactory, SendingFactory
from leeward.residences.factories import (
    ForShiftFactory,
    FreeBedsFactory,
    PresenceFactory,
    StayFactory,
)
from tests.cast_of_concerns import told
from tests.cast_of_meetings import meet_more, met
from tests.cast_of_requests import request_more, requested
from tests.cast_of_sharing import share_more, shared


@dataclass
class FullFile:
    """The ids that addresses take."""

    person: YoungPerson
    note: Any
    opinion: Any
    duty: Any
    item: Any
    assignment: Any
    notice: Any
    lock: Any
    left: Any
    request: Any
    broken: Any
    document: Any
    hold: Any
    disposal: Any
    tie: Any
    advocacy: Any
    words: Any
    episode: Any
    news: Any
    residence: Any
    change: Any
    review: Any
    correction: Any
    copy: Any
    meeting: Any
    invitation: Any
    decision: Any
    disclosure: Any
    received: Any
    given: Any
    concern: Any
    run: Any
    row: Any
    cover: Any

    def ids(self) -> dict[str, Any]:
        """By the name each has in an address."""
        return {
            "person_id": self.person.pk,
            "note_id": self.note.pk,
            "opinion_id": self.opinion.pk,
            "duty_id": self.duty.pk,
            "item_id": self.item.pk,
            "assignment_id": self.assignment.pk,
            "notice_id": self.notice.pk,
            "lock_id": self.lock.pk,
            "document_id": self.document.pk,
            "cover_id": self.cover.pk,
            "worker_id": self.left.pk,
            "request_id": self.request.pk,
            "broken_id": self.broken.pk,
            "hold_id": self.hold.pk,
            "disposal_id": self.disposal.pk,
            "tie_id": self.tie.pk,
            "advocacy_id": self.advocacy.pk,
            "words_id": self.words.pk,
            "residence_id": self.residence.pk,
            "episode_id": self.episode.pk,
            "change_id": self.change.pk,
            "reminder_id": self.review.pk,
            "table": "missing_steps",
            "key": "police",
            "level": "now",
            "concern_id": self.concern.pk,
            "import_id": self.run.pk,
            "row_id": self.row.pk,
            "step": "police",
            "news_id": self.news.pk,
            "asked_id": self.correction.pk,
            "wanted_id": self.copy.preparation.request_id,
            "copy_id": self.copy.pk,
            "part": "notes",
            "meeting_id": self.meeting.pk,
            "invitation_id": self.invitation.pk,
            "decision_id": self.decision.pk,
            "consent_id": self.disclosure.consent_id,
            "disclosure_id": self.disclosure.pk,
            "received_id": self.received.pk,
            "given_id": self.given.pk,
            "form": "record",
        }


@dataclass
class Scene:
    """A full file, with whoever stands about it."""

    agency: Any
    wren: Worker
    supervisor: Worker
    person: YoungPerson
    file: FullFile


def full_scene(name_used: str = "Noʔeli") -> Scene:
    """The scene of `conftest.py`, for a whole file of tests: made once, beneath `made_once`."""
    with across_agencies():
        agency = AgencyFactory.create()
        wren = WorkerFactory.create(agency=agency, username="wren")
        supervisor = supervise(WorkerFactory.create(agency=agency, supervisor=True), wren)
        person = YoungPersonFactory.create(
            agency=agency, opened_by=wren, name_used=name_used, team=[wren]
        )
        return Scene(agency, wren, supervisor, person, full_file(person, wren, supervisor))


def full_file(person: YoungPerson, worker: Worker, other: Worker) -> FullFile:
    """Fill a file whose team `worker` is on; `other` thinks differently."""
    SafeContactFactory(person=person, watched_phone=True)
    OwnWords.objects.create(
        person=person, recorded_by=worker, said_on=today(), text="Call me Noʔeli."
    )
    PlacementFactory(person=person)
    episode = EpisodeFactory(person=person, ended=True)
    news = StepNewsFactory(episode=episode)
    StepReleaseFactory(step=news)
    EpisodeNoteFactory(episode=episode)
    ReturnTalkFactory(episode=episode)
    item = ItemVersionFactory(person_of=person).item
    StepFactory(person_of=person, dated=True)
    SuggestionFactory(person=person)
    SuggestionAnswerFactory(suggestion=SuggestionFactory(person=person))
    review = SafetyReviewFactory(person=person)
    WheelFactory(person=person)
    ReaderFactory(version=ItemVersionFactory(person_of=person, sees="named"), worker=worker)
    AgencyChoiceFactory(chosen_by=worker)
    note = ObservationFactory(person=person, concerning=True)
    SideFactory(note=ReleaseFactory(note=note).note)
    opinion = OpinionFactory(person=person)
    OpinionFactory(person=person, recorded_by=other, not_named=True)
    duty = DutyFactory(observation__person=person)
    grow(person, 1)
    notice = NoticeFactory(to=worker, about=person.pk)
    lock = ConflictLockFactory(person=person, set_by=other)
    left = WorkerFactory(agency=person.agency, display_name="Pat Invented", is_active=False)
    request = RequestFactory(worker=worker)
    change = RuleChangeFactory(
        asked_by__agency=person.agency, what="guidance", words_en="Ask", words_fr="Demandez"
    )
    broken = BreakGlassFactory(person=person)
    assignment = person.team.get(worker=worker)
    document = DocumentFactory(person=person)
    hold = HoldFactory(person_id=person.pk, set_by=worker)
    asked = DisposalFactory(person_id=person.pk, asked_by=worker, refused=True)
    AnchorFactory(person=person)
    cover = CoverFactory(person=person, away=worker)
    CoverWordsFactory(cover=cover)
    stay = StayFactory(person=person)
    FreeBedsFactory(residence=stay.residence)
    PresenceFactory(stay=stay)
    ForShiftFactory(stay=stay)
    PutOffFactory(person=person, recorded_by=worker)
    ChannelFactory(worker=worker)
    SendingFactory(worker=worker)
    advocacy = AdvocacyFactory(person=person)
    EntryFactory(person=person, lookup=str(person.pk))
    VisitFactory(person=person, token=str(person.pk))
    PasskeyFactory(person=person, name=f"phone of {person.pk}")
    words = CodeRequestFactory(person=person, asked_by=other)
    of_it = (note, opinion, duty, item, assignment, notice, lock)
    more = (advocacy.tie, advocacy, words, episode, news, stay.residence, change, review)
    also = (
        requested(person, note)
        | met(person, worker)
        | shared(person, worker)
        | told(person, worker, other)
        | {"cover": cover}
    )
    return FullFile(
        person, *of_it, left, request, broken, document, hold, asked, *more, **also
    )  # fmt: skip


def grow(person: YoungPerson, by: int) -> None:
    """Make a file longer by as many of everything that can be many, up to a week ago."""
    for n in range(by):
        on = today() - dt.timedelta(days=7 + n)
        said = {"person": person, "on": on.isoformat(), "sort_on": on}
        ExplanationFactory(observation=ObservationFactory(concerning=True, **said), on=on)
        ObservationFactory(hopeful=True, own_words="so so", **said)
        OpinionFactory(person=person, on=on)
        StrengthFactory(person=person, text=f"strength {n}")
        ContactFactory(person=person, on=on)
        DutyFactory(observation__person=person)
        StepNewsFactory(episode=EpisodeFactory(person=person, since=on, until=on))
        ItemNewsFactory(item=StepFactory(person_of=person).item, on=on)
        ItemVersionFactory(person_of=person)
        SuggestionFactory(person=person)
        SideFactory(note=ReleaseFactory(note__person=person).note)
        request_more(person, on)
        meet_more(person)
        share_more(person)
        tie = TieVersionFactory(tie__person=person, on=on, weighing=True).tie
        TieVersionFactory(tie=tie, number=2, on=on, weighing=True)
        TieVersionFactory(tie__person=person, on=on, related=True)
        AdvocacyNewsFactory(advocacy=AdvocacyFactory(person=person, tie=tie), on=on)
