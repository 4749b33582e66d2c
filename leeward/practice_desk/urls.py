"""Addresses of the desk. Every view names its action; `roles.csv` says who may."""

from allauth.account import views as account
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.urls.resolvers import URLPattern

from leeward.accounts.providers import agency_sign_ins
from leeward.practice_desk.invented.views import sign_in_as
from leeward.practice_desk.views import (
    about,
    administration,
    agency_sign_in,
    asked,
    caseload,
    circle,
    concerns,
    copy_made,
    copying,
    covering,
    documents,
    duties,
    emergency,
    genogram,
    keeping,
    meeting_papers,
    meetings,
    minutes,
    my_sign_in,
    notices,
    opened,
    own,
    pages,
    plan,
    received,
    releasing,
    reminders,
    requests,
    residences,
    rules,
    second_step,
    session,
    sharing,
    space,
    space_choice,
    start,
    supervision,
    team,
    time_away,
    without_file,
    writing,
)
from leeward.practice_desk.views.base import DeskView

WORKER = "administration/workers/<uuid:worker_id>/"
PERSON = "people/<uuid:person_id>/"
DOCUMENT = PERSON + "documents/<uuid:document_id>/"
DISPOSAL = "keeping/disposals/<uuid:disposal_id>/"
NOTE = PERSON + "notes/<uuid:note_id>/"
HOUSE = "houses/<uuid:residence_id>/"
EPISODE = PERSON + "time-away/<uuid:episode_id>/"
ASKED = PERSON + "requests/<uuid:asked_id>/"
COPYING = PERSON + "copies/<uuid:wanted_id>/"
MEETING = PERSON + "meetings/<uuid:meeting_id>/"
SHARING = PERSON + "sharing/"
GIVEN = SHARING + "<uuid:disclosure_id>/"
RECEIVED = "received/<uuid:received_id>/"
STEP_NEWS = EPISODE + "told/<uuid:news_id>/release/"
CASELOAD = "caseloads/<uuid:import_id>/"
CONCERN = "concerns/<uuid:concern_id>/"
COVER = PERSON + "cover/<uuid:cover_id>/"
TIE = PERSON + "circle/<uuid:tie_id>/"


def on_paper(address: str, view: type[DeskView], name: str) -> list[URLPattern]:
    """The two addresses of one paper, in each language."""
    return [
        path(f"{address}{code}/", view.as_view(), {"copy_language": code}, name=f"{name}_{code}")
        for code in ("en", "fr")
    ]


agency_patterns: list[URLPattern] = [
    path(
        "start/agency/<slug:provider_id>/",
        agency_sign_in.AgencyGo.as_view(),
        name="openid_connect_login",
    ),
    path(
        "start/agency/<slug:provider_id>/back/",
        agency_sign_in.AgencyBack.as_view(),
        name="openid_connect_callback",
    ),
]
urlpatterns: list[URLPattern] = [
    path("", pages.Home.as_view(), name="home"),
    path("sign-in/", session.SignIn.as_view(), name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/over/", session.SignInOver.as_view(), name="sign_in_over"),
    path("sign-in/again/", own.SignInAgain.as_view(), name="sign_in_again"),
    path("sign-in/code/", second_step.CodeStep.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", second_step.AskPasskey.as_view(), name="passkey_ask"),
    path("second-step/", second_step.SecondStep.as_view(), name="second_step"),
    path("second-step/app/", second_step.SetUpApp.as_view(), name="second_step_app"),
    path("second-step/passkey/", second_step.MakePasskey.as_view(), name="passkey_make"),
    path("second-step/codes/", second_step.NewRecoveryCodes.as_view(), name="recovery_codes"),
    path("second-step/remove/", second_step.RemoveStep.as_view(), name="second_step_remove"),
    path("start/passkey/", start.StartPasskey.as_view(), name="start_passkey"),
    path("start/", start.Start.as_view(), name="start"),
    path("start/<str:secret>/", start.StartLink.as_view(), name="start_link"),
    path("find/", pages.Find.as_view(), name="find"),
    path("record/", pages.RecordForWhom.as_view(), name="record_for_whom"),
    path("concerns/", concerns.Concerns.as_view(), name="concerns"),
    path("concerns/new/", concerns.TakeConcern.as_view(), name="concern_take"),
    path("concerns/new/draft/", session.KeepConcernDraft.as_view(), name="concern_draft"),
    path(CONCERN, concerns.ConcernView.as_view(), name="concern"),
    path(CONCERN + "who/", concerns.WhoSaid.as_view(), name="concern_who"),
    path(CONCERN + "accept/", concerns.AcceptConcern.as_view(), name="concern_accept"),
    path(CONCERN + "hand/", concerns.HandConcern.as_view(), name="concern_hand"),
    path(CONCERN + "send-on/", concerns.SendOnConcern.as_view(), name="concern_send_on"),
    path(CONCERN + "close/", concerns.CloseConcern.as_view(), name="concern_close"),
    path(CONCERN + "refer/", concerns.ReferConcern.as_view(), name="concern_refer"),
    path(CONCERN + "told/", concerns.TellBack.as_view(), name="concern_tell"),
    path("caseloads/", caseload.Caseloads.as_view(), name="caseloads"),
    path(CASELOAD, caseload.Caseload.as_view(), name="caseload"),
    path(CASELOAD + "columns/", caseload.Columns.as_view(), name="caseload_columns"),
    path(CASELOAD + "rows/<uuid:row_id>/", caseload.Row.as_view(), name="caseload_row"),
    path(CASELOAD + "end/", caseload.End.as_view(), name="caseload_end"),
    path("duties/", duties.Duties.as_view(), name="duties"),
    path("duties/<uuid:duty_id>/", duties.AnswerDuty.as_view(), name="duty"),
    path("notices/", notices.Notices.as_view(), name="notices"),
    path("notices/<uuid:notice_id>/open/", notices.OpenNotice.as_view(), name="notice_open"),
    path("notices/<uuid:notice_id>/settle/", notices.SettleNotice.as_view(), name="notice_settle"),
    path("put-off/<uuid:reminder_id>/", reminders.PutOff.as_view(), name="put_off"),
    path("team/", supervision.MyTeam.as_view(), name="my_team"),
    path("team/me/", supervision.SeenOfMe.as_view(), name="seen_of_me"),
    path("team/<uuid:worker_id>/cover/", covering.ArrangeCover.as_view(), name="arrange_cover"),
    path("covering/", covering.Covering.as_view(), name="covering"),
    *on_paper("covering/copy/", covering.CoveringCopy, "covering_copy"),
    path("my-sign-in/", my_sign_in.MySignIn.as_view(), name="my_sign_in"),
    path("my-sign-in/told/", reminders.HowIAmTold.as_view(), name="how_i_am_told"),
    path("my-sign-in/end/", my_sign_in.EndMySessions.as_view(), name="end_my_sessions"),
    path("my-sign-in/lost/", my_sign_in.ReportLost.as_view(), name="report_lost"),
    path("administration/", administration.Administration.as_view(), name="administration"),
    path("administration/new/", administration.TakeOn.as_view(), name="take_on"),
    path(WORKER, administration.WorkerPage.as_view(), name="administration_worker"),
    path(WORKER + "change/", administration.Change.as_view(), name="change_worker"),
    path(WORKER + "renew/", administration.Reset.as_view(), name="reset_worker"),
    path(WORKER + "back/", administration.LetBack.as_view(), name="let_back"),
    path(WORKER + "leave/", administration.Leave.as_view(), name="leave"),
    path(WORKER + "lost/", administration.Lost.as_view(), name="worker_lost"),
    path("requests/", requests.Requests.as_view(), name="requests"),
    path("requests/<uuid:request_id>/", requests.RequestPage.as_view(), name="request"),
    path("requests/<uuid:request_id>/back/", requests.TakeBack.as_view(), name="take_back"),
    path("rules/", rules.RulesView.as_view(), name="rules"),
    path("rules/changes/<uuid:change_id>/", rules.RuleChangePage.as_view(), name="rule_change"),
    path("rules/<slug:table>/<slug:key>/", rules.AskRuleChange.as_view(), name="rule_ask"),
    path("what-to-do/kept/", rules.UrgencyKept.as_view(), name="urgency_kept"),
    path("what-to-do/offline.js", rules.UrgencyOffline.as_view(), name="urgency_offline"),
    path("what-to-do/<slug:level>/", rules.Urgency.as_view(), name="urgency"),
    path("reviews/", requests.Reviews.as_view(), name="reviews"),
    path("hand-over/<uuid:worker_id>/", requests.HandOver.as_view(), name="hand_over"),
    path(
        "emergencies/<uuid:broken_id>/",
        emergency.ReviewEmergency.as_view(),
        name="emergency_review",
    ),
    path(
        "workers/<uuid:worker_id>/opening/",
        emergency.ReviewOpening.as_view(),
        name="opening_review",
    ),
    path("keeping/", keeping.Keeping.as_view(), name="keeping"),
    path("keeping/opened/", keeping.BreachHelper.as_view(), name="breach"),
    path("keeping/files/<uuid:person_id>/hold/", keeping.HoldFile.as_view(), name="hold"),
    path(
        "keeping/files/<uuid:person_id>/dispose/",
        keeping.AskDisposal.as_view(),
        name="ask_disposal",
    ),
    path("keeping/holds/<uuid:hold_id>/end/", keeping.EndHold.as_view(), name="end_hold"),
    path(DISPOSAL, keeping.DisposalPage.as_view(), name="disposal"),
    path(DISPOSAL + "approve/", keeping.ApproveDisposal.as_view(), name="approve_disposal"),
    path(DISPOSAL + "refuse/", keeping.RefuseDisposal.as_view(), name="refuse_disposal"),
    path("houses/", residences.Residences.as_view(), name="residences"),
    path("houses/open/", residences.OpenResidence.as_view(), name="open_residence"),
    path(HOUSE, residences.House.as_view(), name="residence"),
    path(HOUSE + "beds/", residences.Beds.as_view(), name="beds"),
    *on_paper(HOUSE + "shift/", residences.Handover, "handover"),
    path(PERSON + "house/", residences.MoveIn.as_view(), name="house"),
    path(PERSON + "house/in/", residences.ComeIn.as_view(), name="house_in"),
    path(PERSON + "house/out/", residences.GoOut.as_view(), name="house_out"),
    path(PERSON + "house/shift/", residences.TellShift.as_view(), name="house_words"),
    path(PERSON + "house/left/", residences.MoveOut.as_view(), name="house_left"),
    path("received/", received.ReceivedList.as_view(), name="received_list"),
    path(RECEIVED, received.ReceivedPage.as_view(), name="received"),
    *on_paper(RECEIVED + "copy/", received.PrintReceived, "received_copy"),
    path(RECEIVED + "keep/", received.KeepReceived.as_view(), name="received_keep"),
    path(RECEIVED + "answer/", without_file.AnswerReceived.as_view(), name="received_answer"),
    path("given/", without_file.GivenList.as_view(), name="given_list"),
    path("given/new/", without_file.GiveWithoutFile.as_view(), name="give_without_file"),
    path("given/<uuid:given_id>/", without_file.GivenPage.as_view(), name="given"),
    path("people/", pages.People.as_view(), name="people"),
    path("people/new/", about.OpenFile.as_view(), name="open_file"),
    path(PERSON, pages.Overview.as_view(), name="overview"),
    path(PERSON + "record/", writing.Record.as_view(), name="record"),
    path(PERSON + "draft/<str:form>/", session.KeepDraft.as_view(), name="draft"),
    path(PERSON + "notes/", pages.Timeline.as_view(), name="timeline"),
    path(NOTE, pages.Note.as_view(), name="note"),
    path(NOTE + "correct/", writing.Record.as_view(), name="correct"),
    path(NOTE + "explain/", writing.Explain.as_view(), name="explain"),
    path(NOTE + "pin/", writing.PinNote.as_view(), name="pin"),
    path(NOTE + "unpin/", writing.UnpinNote.as_view(), name="unpin"),
    path(NOTE + "release/", releasing.ReleaseNote.as_view(), name="release"),
    path(NOTE + "release/back/", releasing.TakeBackRelease.as_view(), name="release_back"),
    path(PERSON + "signs/", pages.Signs.as_view(), name="signs"),
    path(PERSON + "opinions/new/", writing.GiveOpinion.as_view(), name="give_opinion"),
    path(PERSON + "opinions/<uuid:opinion_id>/", pages.OpinionPage.as_view(), name="opinion"),
    path(
        PERSON + "opinions/<uuid:opinion_id>/resolve/", writing.Resolve.as_view(), name="resolve"
    ),
    path(PERSON + "way/", pages.TheWay.as_view(), name="way"),
    path(PERSON + "circle/", circle.Circle.as_view(), name="circle"),
    path(PERSON + "circle/add/", circle.AddTie.as_view(), name="add_tie"),
    *on_paper(PERSON + "circle/copy/", circle.CircleCopy, "circle_copy"),
    path(PERSON + "circle/family/", genogram.Genogram.as_view(), name="genogram"),
    path(TIE + "kin/", genogram.SayKin.as_view(), name="say_kin"),
    path(TIE, circle.TiePage.as_view(), name="tie"),
    path(TIE + "change/", circle.ChangeTie.as_view(), name="change_tie"),
    path(TIE + "let-go/", circle.LetGoTie.as_view(), name="let_go"),
    path(TIE + "push-back/", circle.PushBack.as_view(), name="push_back"),
    path(
        PERSON + "circle/tasks/<uuid:advocacy_id>/",
        circle.PushedBack.as_view(),
        name="pushed_back",
    ),
    path(PERSON + "plan/", plan.PlanPage.as_view(), name="plan"),
    path(PERSON + "plan/write/", plan.WritePlan.as_view(), name="plan_write"),
    path(PERSON + "plan/four-parts/", plan.Wheel.as_view(), name="plan_wheel"),
    path(PERSON + "plan/steps/", plan.AddStep.as_view(), name="add_step"),
    path(PERSON + "plan/steps/<uuid:item_id>/", plan.StepWent.as_view(), name="step_went"),
    path(PERSON + "plan/suggest/", plan.Suggest.as_view(), name="plan_suggest"),
    path(PERSON + "plan/<uuid:item_id>/", plan.ChangePlan.as_view(), name="plan_change"),
    path(
        PERSON + "plan/<uuid:item_id>/suggest/",
        plan.SuggestChange.as_view(),
        name="plan_suggest_change",
    ),
    *(
        path(
            f"{PERSON}plan/{kind}/{code}/",
            view.as_view(),
            {"copy_language": code},
            name=f"plan_{kind}_{code}",
        )
        for kind, view in (("copy", plan.PlanCopy), ("card", plan.PlanCard))
        for code in ("en", "fr")
    ),
    path(PERSON + "meetings/", meetings.Meetings.as_view(), name="meetings"),
    path(PERSON + "meetings/call/", meetings.CallMeeting.as_view(), name="meeting_call"),
    path(MEETING, meetings.MeetingPage.as_view(), name="meeting"),
    path(MEETING + "first/", meetings.Prepare.as_view(), name="meeting_prepare"),
    path(MEETING + "move/", meetings.Move.as_view(), name="meeting_move"),
    path(MEETING + "off/", meetings.CallOff.as_view(), name="meeting_call_off"),
    path(MEETING + "ask/", meetings.Invite.as_view(), name="meeting_invite"),
    path(
        MEETING + "asked/<uuid:invitation_id>/",
        meetings.TellOfInvitation.as_view(),
        name="meeting_asked",
    ),
    path(MEETING + "choose/", meeting_papers.ChoosePack.as_view(), name="meeting_choose"),
    *(
        path(
            f"{MEETING}{kind}/{code}/",
            view.as_view(),
            {"copy_language": code},
            name=f"meeting_{kind}_{code}",
        )
        for kind, view in (
            ("pack", meeting_papers.PrintPack),
            ("calendar", meeting_papers.CalendarFile),
        )
        for code in ("en", "fr")
    ),
    path(MEETING + "decide/", minutes.Decide.as_view(), name="meeting_decide"),
    path(MEETING + "otherwise/", minutes.Disagree.as_view(), name="meeting_disagree"),
    path(
        MEETING + "decided/<uuid:decision_id>/",
        minutes.DecisionWent.as_view(),
        name="meeting_went",
    ),
    path(MEETING + "read/", minutes.MarkRead.as_view(), name="meeting_read"),
    path(MEETING + "tell/", minutes.Tell.as_view(), name="meeting_tell"),
    path(MEETING + "tell/back/", minutes.TakeBackTelling.as_view(), name="meeting_tell_back"),
    path(SHARING, sharing.Sharing.as_view(), name="sharing"),
    path(SHARING + "decision/", sharing.RecordConsent.as_view(), name="consent_record"),
    path(
        SHARING + "decisions/<uuid:consent_id>/end/",
        sharing.WithdrawConsent.as_view(),
        name="consent_withdraw",
    ),
    path(SHARING + "give/", sharing.Share.as_view(), name="share"),
    path(GIVEN, sharing.DisclosurePage.as_view(), name="disclosure"),
    path(GIVEN + "release/", sharing.ReleaseDisclosure.as_view(), name="disclosure_release"),
    path(
        GIVEN + "release/back/",
        sharing.TakeBackDisclosure.as_view(),
        name="disclosure_release_back",
    ),
    path(PERSON + "about/", about.About.as_view(), name="about"),
    path(PERSON + "opened/", opened.WhoOpened.as_view(), name="who_opened"),
    path(PERSON + "details/", about.Details.as_view(), name="details"),
    path(PERSON + "safe-contact/", about.SafeContact.as_view(), name="safe_contact"),
    path(PERSON + "contact/", about.AddContact.as_view(), name="add_contact"),
    path(PERSON + "description/", about.Describe.as_view(), name="describe"),
    path(PERSON + "strengths/", about.AddStrengths.as_view(), name="add_strengths"),
    path(PERSON + "placement/", about.Move.as_view(), name="move"),
    path(PERSON + "my-space/", space.SpacePage.as_view(), name="space"),
    path(PERSON + "my-space/offer/", space.OfferSpace.as_view(), name="space_offer"),
    path(PERSON + "my-space/words/", space.AskWords.as_view(), name="space_words"),
    path(
        PERSON + "my-space/words/<uuid:words_id>/",
        space.AnswerWords.as_view(),
        name="space_answer",
    ),
    path(PERSON + "my-space/lock/", space.LockSpace.as_view(), name="space_lock"),
    path(PERSON + "team/", team.Assign.as_view(), name="assign"),
    path(
        PERSON + "team/<uuid:assignment_id>/end/",
        team.EndAssignment.as_view(),
        name="end_assignment",
    ),
    path(COVER, covering.SayFirst.as_view(), name="cover_first"),
    path(COVER + "end/", covering.EndCover.as_view(), name="end_cover"),
    path(PERSON + "kept-from/", team.Locks.as_view(), name="locks"),
    path(PERSON + "kept-from/<uuid:lock_id>/end/", team.EndLock.as_view(), name="end_lock"),
    path(PERSON + "documents/", documents.Documents.as_view(), name="documents"),
    path(PERSON + "documents/add/", documents.AddDocument.as_view(), name="add_document"),
    path(DOCUMENT + "copy/", documents.DocumentCopy.as_view(), name="document_copy"),
    path(DOCUMENT + "close/", documents.CloseDocument.as_view(), name="close_document"),
    path("asked/", asked.Asked.as_view(), name="asked"),
    path(PERSON + "requests/", asked.FileRequests.as_view(), name="file_requests"),
    path(PERSON + "requests/new/", asked.AskRequest.as_view(), name="ask_request"),
    path(ASKED, asked.FileRequestPage.as_view(), name="file_request"),
    path(ASKED + "extend/", asked.ExtendRequest.as_view(), name="extend_request"),
    path(ASKED + "answer/", asked.AnswerRequest.as_view(), name="answer_request"),
    path(ASKED + "back/", asked.RequestBack.as_view(), name="request_back"),
    path(ASKED + "statement/", asked.RequestStatement.as_view(), name="request_statement"),
    path(COPYING, copying.Copying.as_view(), name="copying"),
    path(COPYING + "parts/<slug:part>/", copying.CopyingPart.as_view(), name="copying_part"),
    path(COPYING + "hold/", copying.HoldBack.as_view(), name="copying_hold"),
    path(COPYING + "names/", copying.StillStands.as_view(), name="copying_names"),
    path(COPYING + "make/", copy_made.MakeCopy.as_view(), name="copying_make"),
    path(COPYING + "give/", copy_made.GiveCopy.as_view(), name="copying_give"),
    path(COPYING + "paper/<uuid:copy_id>/", copy_made.PrintCopy.as_view(), name="copying_paper"),
    path(PERSON + "open-now/", emergency.OpenNow.as_view(), name="break_glass"),
    path(PERSON + "transfer/", team.Transfer.as_view(), name="transfer"),
    path(PERSON + "file/", about.TurnFile.as_view(), name="turn_file"),
    path(PERSON + "time-away/", time_away.TimeAway.as_view(), name="time_away"),
    path(PERSON + "time-away/missing/", time_away.WentMissing.as_view(), name="went_missing"),
    path(PERSON + "time-away/back/", time_away.CameBack.as_view(), name="came_back"),
    path(EPISODE, time_away.EpisodeView.as_view(), name="episode"),
    path(EPISODE + "steps/<slug:step>/", time_away.TakeStep.as_view(), name="take_step"),
    path(STEP_NEWS, time_away.ReleaseStep.as_view(), name="release_step"),
    path(STEP_NEWS + "back/", time_away.TakeBackStep.as_view(), name="release_step_back"),
    path(EPISODE + "notes/", time_away.WriteDown.as_view(), name="write_down"),
    path(EPISODE + "talk/", time_away.Talk.as_view(), name="talk"),
    *on_paper(EPISODE + "sheet/", time_away.PoliceSheet, "police_sheet"),
    path("administration/my-space/", space_choice.SpaceChoice.as_view(), name="space_choice"),
]

if agency_sign_ins():
    # Under /start/, where the cookie of an invitation is sent.
    urlpatterns += agency_patterns

if settings.DEMO:
    # Not even an address for it anywhere else.
    urlpatterns.append(path("demo/sign-in/", login_not_required(sign_in_as), name="demo_sign_in"))
