"""Letting somebody in again before the time is up."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from cms.accounts import throttling
from cms.accounts.audit import record
from cms.accounts.two_factor.devices import forget_failures


def account_named(name: str) -> Any:
    """The account of this name, or None."""
    model = get_user_model()
    return model._default_manager.filter(**{model.USERNAME_FIELD: name}).first()


def unlock(user: Any, *, by: Any = None) -> int:
    """Forget the attempts on an account, on its codes and on its address for mail, and log it; how many there were."""
    forgotten = throttling.unlock(user.get_username())
    if user.email:
        forgotten += throttling.unlock(user.email)
    forget_failures(user)
    record("unlocked", user, by=by)
    return forgotten
