"""What the tests themselves rest on."""

import socket
import warnings

import pytest
import pytest_socket
from django.db import connection

from leeward.people.models import YoungPerson


def test_no_test_reaches_another_machine():
    with (
        pytest.warns(UserWarning, match="192.0.2.1"),
        pytest.raises(pytest_socket.SocketConnectBlockedError),
        socket.socket() as elsewhere,
    ):
        elsewhere.connect(("192.0.2.1", 80))


def test_a_warning_is_a_fault():
    with pytest.raises(DeprecationWarning):
        warnings.warn("soon gone", DeprecationWarning, stacklevel=1)


@pytest.mark.django_db
def test_the_tests_database_role_may_do_no_more_than_the_agencys():
    if connection.vendor != "postgresql":
        assert connection.vendor == "sqlite"
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)


@pytest.mark.django_db
def test_a_get_that_writes_is_caught(client, person, assert_get_writes_only_audit):
    class Writes:
        def get(self, _url):
            YoungPerson.objects.filter(pk=person.pk).update(likeness=2)

    with pytest.raises(AssertionError, match="people_youngperson"):
        assert_get_writes_only_audit(Writes(), "/")
