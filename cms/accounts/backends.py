"""Checking a password, whichever door it comes through, within the limits of `throttling.py`."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from cms.accounts import audit, throttling
from cms.accounts.throttling import TooManyAttempts


class ThrottledBackend(ModelBackend):
    """Django's own, where attempts are counted. Without a request (a script, a shell) there is nobody to count."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Any:
        if request is None or username is None or password is None:
            return super().authenticate(request, username=username, password=password, **kwargs)
        try:
            attempt = throttling.begin(throttling.SIGN_IN, account=username, request=request)
        except TooManyAttempts as refusal:
            request.refused_sign_in = refusal
            raise
        user = super().authenticate(request, username=username, password=password, **kwargs)
        if user is not None:
            throttling.succeeded(attempt)
            return user
        audit.sign_in_failed(username, request=request, locked=throttling.locks_out(attempt))
        return None
