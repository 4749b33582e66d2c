"""Codes: six digits from an app on a telephone, or one of ten from a list kept on paper.

The app's secret and the list are sealed to their worker: copied to another's row, neither opens.
A code works once. Whoever tries is past the password, so beside the locks by address there is a
limit for the worker, wherever the tries come from: a hundred thousand addresses would otherwise
find six digits in a day.
"""

import base64
import json
import re
import secrets
from urllib.parse import quote, urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import signing
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from leeward.accounts import locks
from leeward.accounts.models import Worker
from leeward.accounts.second_factor import APP, PAPER, record
from leeward.audit.models import AuditRow
from leeward.sealing.codec import DoesNotOpen, Place, open_sealed, seal

HOW_MANY = 10
# Letters and digits that are not taken for one another, in two groups.
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
GROUP = 5
# Wrong codes for one worker in a day, from everywhere together.
MOST_IN_A_DAY = 50
# How long somebody may take to find their telephone and read the picture with it.
SETTING_UP_SECONDS = 60 * 30

_SALT = "leeward.accounts.codes.setting_up"
_SIX = re.compile(r"[0-9]{6}", re.ASCII)


class WrongCode(Exception):
    """It is not right, was used before, or is not for this worker."""


class TooManyTries(Exception):
    """There were too many wrong ones; it was not looked at."""


def new_app_secret(worker: Worker) -> tuple[str, str]:
    """A fresh secret for an app: as its page shows it, and sealed as its form carries it."""
    secret = str(totp.generate_totp_secret())
    signer = signing.TimestampSigner(salt=_SALT)
    return secret, signer.sign(_seal(worker, "setting_up", secret))


def address_of_secret(secret: str, name: str) -> str:
    """What the picture for the app holds. `name` tells a worker's apps apart."""
    named = {"secret": secret, "issuer": "Leeward"}
    return f"otpauth://totp/{quote(name)}?{urlencode(named, quote_via=quote)}"


def secret_in(worker: Worker, carried: str) -> str:
    """The secret that `new_app_secret` sealed for this worker. Raises WrongCode otherwise."""
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        return _open(worker, "setting_up", signer.unsign(carried, max_age=SETTING_UP_SECONDS))
    except (signing.BadSignature, DoesNotOpen, ValueError) as fault:
        raise WrongCode from fault


@transaction.atomic
def add_app(*, worker: Worker, secret: str, code: str) -> None:
    """Keep an app's secret when the code shows that the app has it. Raises WrongCode."""
    Worker.objects.select_for_update().get(pk=worker.pk)
    counter = _counter_of(secret, _same(code))
    if counter is None or Authenticator.objects.filter(user=worker, type=APP).exists():
        raise WrongCode
    data = {"sealed": _seal(worker, "app", secret), "used": counter}
    Authenticator.objects.create(user=worker, type=APP, data=data)
    record(worker, "worker.add_app")


@transaction.atomic
def make_recovery_codes(*, worker: Worker) -> list[str]:
    """Ten new codes in place of any before. They are told this once."""
    Worker.objects.select_for_update().get(pk=worker.pk)
    made = [_new_code() for _ in range(HOW_MANY)]
    Authenticator.objects.filter(user=worker, type=PAPER).delete()
    data = {"sealed": _seal(worker, "recovery_codes", json.dumps(made))}
    Authenticator.objects.create(user=worker, type=PAPER, data=data)
    record(worker, "worker.make_recovery_codes")
    return made


def recovery_codes_left(worker: Worker) -> int:
    """How many are not used yet."""
    row = Authenticator.objects.filter(user=worker, type=PAPER).first()
    return len(_codes_in(worker, row)) if row else 0


def use_code(
    *, request: HttpRequest, worker: Worker, code: str, paper: bool = True
) -> Authenticator:
    """Take a code from the app or, with `paper`, from the list. Answers which of them it was of.

    Raises WrongCode or TooManyTries, having recorded it.
    """
    name, address = str(worker.pk), locks.address_of(request)
    if _is_locked(name, address):
        record(worker, "worker.second_step", outcome=AuditRow.Outcome.REFUSED)
        raise TooManyTries
    found = _take(worker, _same(code), paper=paper)
    if found is None:
        locks.count_failure(locks.CODE, name, address)
        locks.count_failure(locks.CODE, name, locks.ANYWHERE)
        record(worker, "worker.second_step", outcome=AuditRow.Outcome.FAILED)
        raise WrongCode
    locks.forget(locks.CODE, name, address)
    return found


def _is_locked(name: str, address: str) -> bool:
    everywhere = locks.is_locked(locks.CODE, name, locks.ANYWHERE, most=MOST_IN_A_DAY)
    return everywhere or locks.is_locked(locks.CODE, name, address)


@transaction.atomic
def _take(worker: Worker, code: str, *, paper: bool) -> Authenticator | None:
    kind = APP if _SIX.fullmatch(code) else PAPER
    row = Authenticator.objects.select_for_update().filter(user=worker, type=kind).first()
    if row is None or (kind == PAPER and not paper):
        return None
    taken = _take_from_app(worker, row, code) if kind == APP else _take_paper(worker, row, code)
    return row if taken else None


def _take_from_app(worker: Worker, row: Authenticator, code: str) -> bool:
    counter = _counter_of(_open(worker, "app", row.data["sealed"]), code)
    # The same code, or an earlier one, read over a shoulder.
    if counter is None or counter <= row.data["used"]:
        return False
    row.data["used"] = counter
    row.save(update_fields=["data"])
    return True


def _take_paper(worker: Worker, row: Authenticator, code: str) -> bool:
    kept = _codes_in(worker, row)
    left = [each for each in kept if not constant_time_compare(_same(each), code)]
    if len(left) == len(kept):
        return False
    row.data["sealed"] = _seal(worker, "recovery_codes", json.dumps(left))
    row.save(update_fields=["data"])
    record(worker, "worker.use_recovery_code")
    return True


def _counter_of(secret: str, code: str) -> int | None:
    """The half minute, counted from 1970, whose code this is; None for no current one."""
    for counter in totp.yield_hotp_counters_from_time():
        if constant_time_compare(totp.format_hotp_value(totp.hotp_value(secret, counter)), code):
            return int(counter)
    return None


def _codes_in(worker: Worker, row: Authenticator) -> list[str]:
    found: list[str] = json.loads(_open(worker, "recovery_codes", row.data["sealed"]))
    return found


def _new_code() -> str:
    group = ["".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(2)]
    return "-".join(group)


def _same(code: str) -> str:
    """A code as it is compared: people type spaces, dashes and capital letters."""
    return re.sub(r"[\s-]+", "", code).lower()


def _seal(worker: Worker, column: str, text: str) -> str:
    sealed = seal(text.encode(), _place(worker, column), holder=worker.agency_id)
    return base64.b64encode(sealed).decode()


def _open(worker: Worker, column: str, sealed: str) -> str:
    held = base64.b64decode(sealed)
    return open_sealed(held, _place(worker, column), holder=worker.agency_id).decode()


def _place(worker: Worker, column: str) -> Place:
    return Place("mfa_authenticator", column, str(worker.pk))
