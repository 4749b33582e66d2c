"""Addresses of the desk. Every view names its action; `roles.csv` says who may."""

from allauth.account import views as account
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.urls.resolvers import URLPattern

from leeward.practice_desk.invented.views import sign_in_as
from leeward.practice_desk.views import about, duties, pages, plan, session, time_away, writing

PERSON = "people/<uuid:person_id>/"
NOTE = PERSON + "notes/<uuid:note_id>/"

urlpatterns: list[URLPattern] = [
    path("", pages.Home.as_view(), name="home"),
    path("sign-in/", session.SignIn.as_view(), name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/over/", session.SignInOver.as_view(), name="sign_in_over"),
    path("find/", pages.Find.as_view(), name="find"),
    path("record/", pages.RecordForWhom.as_view(), name="record_for_whom"),
    path("duties/", duties.Duties.as_view(), name="duties"),
    path("duties/<uuid:duty_id>/", duties.AnswerDuty.as_view(), name="duty"),
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
    path(PERSON + "signs/", pages.Signs.as_view(), name="signs"),
    path(PERSON + "opinions/new/", writing.GiveOpinion.as_view(), name="give_opinion"),
    path(PERSON + "opinions/<uuid:opinion_id>/", pages.OpinionPage.as_view(), name="opinion"),
    path(
        PERSON + "opinions/<uuid:opinion_id>/resolve/", writing.Resolve.as_view(), name="resolve"
    ),
    path(PERSON + "way/", pages.TheWay.as_view(), name="way"),
    path(PERSON + "plan/", plan.PlanPage.as_view(), name="plan"),
    path(PERSON + "plan/write/", plan.WritePlan.as_view(), name="plan_write"),
    path(PERSON + "plan/steps/", plan.AddStep.as_view(), name="add_step"),
    path(PERSON + "plan/steps/<uuid:step_id>/", plan.StepWent.as_view(), name="step_went"),
    *(
        path(
            f"{PERSON}plan/copy/{code}/",
            plan.PlanCopy.as_view(),
            {"copy_language": code},
            name=f"plan_copy_{code}",
        )
        for code in ("en", "fr")
    ),
    path(PERSON + "about/", about.About.as_view(), name="about"),
    path(PERSON + "details/", about.Details.as_view(), name="details"),
    path(PERSON + "safe-contact/", about.SafeContact.as_view(), name="safe_contact"),
    path(PERSON + "contact/", about.AddContact.as_view(), name="add_contact"),
    path(PERSON + "description/", about.Describe.as_view(), name="describe"),
    path(PERSON + "strengths/", about.AddStrengths.as_view(), name="add_strengths"),
    path(PERSON + "placement/", about.Move.as_view(), name="move"),
    path(PERSON + "team/", about.Assign.as_view(), name="assign"),
    path(
        PERSON + "team/<uuid:assignment_id>/end/",
        about.EndAssignment.as_view(),
        name="end_assignment",
    ),
    path(PERSON + "transfer/", about.Transfer.as_view(), name="transfer"),
    path(PERSON + "file/", about.TurnFile.as_view(), name="turn_file"),
    path(PERSON + "time-away/", time_away.TimeAway.as_view(), name="time_away"),
    path(PERSON + "time-away/missing/", time_away.WentMissing.as_view(), name="went_missing"),
    path(PERSON + "time-away/back/", time_away.CameBack.as_view(), name="came_back"),
]

if settings.DEMO:
    # Not even an address for it anywhere else.
    urlpatterns.append(path("demo/sign-in/", login_not_required(sign_in_as), name="demo_sign_in"))
