"""The telephone and the recovery codes of an account; django-otp stores and checks them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_permission_codename, get_user_model
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from cms.accounts.throttling import TooManyAttempts

RECOVERY_CODES = 10
ADMINISTRATORS, EVERYBODY = "administrators", "all"


def has_two_factor(user: Any) -> bool:
    """Whether the account is protected by a second factor."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def must_have_two_factor(user: Any) -> bool:
    """Whether the account may not go without, by REQUIRE_TWO_FACTOR."""
    if settings.CMS_REQUIRE_TWO_FACTOR == ADMINISTRATORS:
        options = get_user_model()._meta
        return user.has_perm(f"{options.app_label}.{get_permission_codename('change', options)}")
    return settings.CMS_REQUIRE_TWO_FACTOR == EVERYBODY


def offered(user: Any) -> TOTPDevice:
    """The secret that the person is to put into their app; it counts only when a code of it was right."""
    return TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "TOTP"})[0]


def check(user: Any, code: str, *, confirmed: bool = True) -> Device | None:
    """The device that a code is right for, which then takes it no more; raises TooManyAttempts.

    Six digits are of the app, anything else is a recovery code. `confirmed=False` checks the secret that is offered.
    """
    code = "".join(code.split()).lower()
    with transaction.atomic():
        device = _devices(user, code, confirmed).select_for_update().first()
        if device is None:
            return None
        allowed, reason = device.verify_is_allowed()
        if allowed:
            # Committed either way: a wrong code makes the wait longer.
            return device if device.verify_token(_stored(device, code)) else None
    raise TooManyAttempts(reason["locked_until"])


def _devices(user: Any, code: str, confirmed: bool) -> Any:
    if code.isdecimal():
        return TOTPDevice.objects.filter(user=user, confirmed=confirmed)
    return StaticDevice.objects.filter(user=user, confirmed=confirmed)


def _stored(device: Device, code: str) -> str:
    return _digest(device, code) if isinstance(device, StaticDevice) else code


def switch_on(user: Any, device: TOTPDevice) -> list[str]:
    """Let the offered secret count, in place of any other; the recovery codes, which are told this once."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
        device.confirmed = True
        return new_recovery_codes(user)


def new_recovery_codes(user: Any) -> list[str]:
    """Codes for who has lost their telephone, in place of those before; stored as digests."""
    with transaction.atomic():
        device, _is_new = StaticDevice.objects.get_or_create(user=user, defaults={"name": "recovery"})
        device.token_set.all().delete()
        codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create(
            StaticToken(device=device, token=_digest(device, code)) for code in codes
        )
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def recovery_codes_left(user: Any) -> int:
    """How many recovery codes were not used yet."""
    return StaticToken.objects.filter(device__user=user).count()


def switch_off(user: Any) -> None:
    """Forget telephone and recovery codes; whoever is logged in by them is so no longer."""
    for model in (TOTPDevice, StaticDevice):
        model.objects.filter(user=user).delete()


def forget_failures(user: Any) -> None:
    """Let codes be tried again at once."""
    for model in (TOTPDevice, StaticDevice):
        model.objects.filter(user=user).update(throttling_failure_count=0, throttling_failure_timestamp=None)


def _digest(device: Device, code: str) -> str:
    # As long as the column is: 64 bits of a code that has 40.
    return salted_hmac(
        f"cms.accounts.recovery.{device.pk}", code.replace("-", ""), algorithm="sha256"
    ).hexdigest()[:16]
