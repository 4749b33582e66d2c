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
    circle,
    documents,
    duties,
    emergency,
    keeping,
    my_sign_in,
    notices,
    opened,
    own,
    pages,
    plan,
    releasing,
    requests,
    second_step,
    session,
    space,
    space_choice,
    start,
    team,
    time_away,
    writing,
)

WORKER = "administration/workers/<uuid:worker_id>/"
PERSON = "people/<uuid:person_id>/"
DOCUMENT = PERSON + "documents/<uuid:document_id>/"
DISPOSAL = "keeping/disposals/<uuid:disposal_id>/"
NOTE = PERSON + "notes/<uuid:note_id>/"
TIE = PERSON + "circle/<uuid:tie_id>/"

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
    path("duties/", duties.Duties.as_view(), name="duties"),
    path("duties/<uuid:duty_id>/", duties.AnswerDuty.as_view(), name="duty"),
    path("notices/", notices.Notices.as_view(), name="notices"),
    path("notices/<uuid:notice_id>/open/", notices.OpenNotice.as_view(), name="notice_open"),
    path("notices/<uuid:notice_id>/settle/", notices.SettleNotice.as_view(), name="notice_settle"),
    path("my-sign-in/", my_sign_in.MySignIn.as_view(), name="my_sign_in"),
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
    *(
        path(
            f"{PERSON}circle/copy/{code}/",
            circle.CircleCopy.as_view(),
            {"copy_language": code},
            name=f"circle_copy_{code}",
        )
        for code in ("en", "fr")
    ),
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
    path(PERSON + "kept-from/", team.Locks.as_view(), name="locks"),
    path(PERSON + "kept-from/<uuid:lock_id>/end/", team.EndLock.as_view(), name="end_lock"),
    path(PERSON + "documents/", documents.Documents.as_view(), name="documents"),
    path(PERSON + "documents/add/", documents.AddDocument.as_view(), name="add_document"),
    path(DOCUMENT + "copy/", documents.DocumentCopy.as_view(), name="document_copy"),
    path(DOCUMENT + "close/", documents.CloseDocument.as_view(), name="close_document"),
    path(PERSON + "open-now/", emergency.OpenNow.as_view(), name="break_glass"),
    path(PERSON + "transfer/", team.Transfer.as_view(), name="transfer"),
    path(PERSON + "file/", about.TurnFile.as_view(), name="turn_file"),
    path(PERSON + "time-away/", time_away.TimeAway.as_view(), name="time_away"),
    path(PERSON + "time-away/missing/", time_away.WentMissing.as_view(), name="went_missing"),
    path(PERSON + "time-away/back/", time_away.CameBack.as_view(), name="came_back"),
    path("administration/my-space/", space_choice.SpaceChoice.as_view(), name="space_choice"),
]

if agency_sign_ins():
    # Under /start/, where the cookie of an invitation is sent.
    urlpatterns += agency_patterns

if settings.DEMO:
    # Not even an address for it anywhere else.
    urlpatterns.append(path("demo/sign-in/", login_not_required(sign_in_as), name="demo_sign_in"))
