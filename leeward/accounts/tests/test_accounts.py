import pytest
from allauth.account.adapter import get_adapter
from django.db import IntegrityError, transaction
from django.urls import NoReverseMatch, reverse

from leeward.access.actors import SYSTEM
from leeward.accounts.actions import found_agency, take_on_worker
from leeward.accounts.factories import AgencyFactory, WorkerFactory
from leeward.accounts.models import Agency, Worker
from leeward.audit.models import AuditRow

pytestmark = pytest.mark.django_db

PASSWORD = "an invented long password"


def sign_in(client, name, password):
    return client.post(reverse("account_login"), {"login": name, "password": password})


def test_an_agency_is_founded_with_its_zone():
    agency = found_agency(
        by=SYSTEM, name="Invented Society", kind="society", time_zone="America/Winnipeg"
    )
    assert Agency.objects.get(name="Invented Society") == agency
    assert (agency.invented, agency.time_zone) == (False, "America/Winnipeg")
    assert AuditRow.objects.get().subject_id == agency.pk


def test_two_agencies_cannot_share_a_name(agency):
    with pytest.raises(IntegrityError), transaction.atomic():
        AgencyFactory(name=agency.name)


def test_a_worker_is_taken_on_and_can_sign_in(client, agency):
    worker = take_on_worker(
        by=SYSTEM,
        agency=agency,
        username="odile",
        display_name="Odile Exemple",
        role="worker",
        password=PASSWORD,
        language="fr",
    )
    assert worker.check_password(PASSWORD)
    assert PASSWORD not in worker.password
    assert sign_in(client, "odile", PASSWORD).status_code == 302


def test_a_worker_without_a_password_cannot_sign_in(client, agency):
    take_on_worker(
        by=SYSTEM,
        agency=agency,
        username="jo",
        display_name="Jo Made-Up",
        role="worker",
        password=None,
    )
    assert sign_in(client, "jo", "").status_code == 200
    assert "_auth_user_id" not in client.session


def test_an_unknown_role_is_refused_by_the_database(agency):
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkerFactory(agency=agency, role="owner")


def test_a_sign_in_is_audited_once(client, wren):
    sign_in(client, "wren", PASSWORD)
    row = AuditRow.objects.get(action="worker.sign_in")
    assert (row.actor_id, row.agency_id, row.outcome) == (wren.pk, wren.agency_id, "done")


@pytest.mark.parametrize("name", ["wren", "a password typed as a name"])
def test_a_failed_sign_in_is_audited_without_what_was_typed(client, wren, name):
    sign_in(client, name, "not the password")
    row = AuditRow.objects.get(action="worker.sign_in")
    assert (row.outcome, row.actor_id, row.agency_id) == ("failed", None, None)
    held = " ".join(str(value) for value in vars(row).values())
    assert name not in held
    assert "not the password" not in held


def test_a_sign_out_is_audited(client, wren):
    client.force_login(wren)
    client.post(reverse("account_logout"))
    row = AuditRow.objects.get(action="worker.sign_out")
    assert (row.actor_id, row.agency_id, row.outcome) == (wren.pk, wren.agency_id, "done")
    assert "_auth_user_id" not in client.session
    client.post(reverse("account_logout"))
    assert AuditRow.objects.filter(action="worker.sign_out").count() == 1


def test_the_right_password_over_somebody_elses_page_is_audited(client, wren, colleague):
    typed = {"login": "wren", "password": PASSWORD, "worker": str(colleague.pk)}
    assert client.post(reverse("sign_in_over"), typed).status_code == 422
    row = AuditRow.objects.get(action="worker.sign_in_over")
    assert (row.actor_id, row.subject_id, row.outcome) == (wren.pk, wren.pk, "refused")


def test_whoever_has_left_cannot_sign_in(client, wren):
    Worker.objects.filter(pk=wren.pk).update(is_active=False)
    response = sign_in(client, "wren", PASSWORD)
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
    assert AuditRow.objects.get().outcome == "failed"


@pytest.mark.parametrize(
    "address",
    ["account_signup", "account_reset_password", "account_email", "socialaccount_signup"],
)
def test_nobody_registers_or_recovers_alone(address):
    with pytest.raises(NoReverseMatch):
        reverse(address)


def test_sign_up_is_closed_even_where_an_address_would_lead_to_it(rf):
    adapter = get_adapter()
    assert not adapter.is_open_for_signup(rf.get("/"))


@pytest.mark.parametrize(
    ("name", "short"),
    [("Wren Example", "W. Example"), ("Wren", "Wren"), ("Odile de l’Exemple", "O. de l’Exemple")],
)
def test_a_worker_is_named_shortly(name, short):
    assert Worker(display_name=name).initial_name == short
