"""Browsers that an account has logged in from before, by a signed cookie.

See https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies. The cookie opens nothing: it
only says that failures of this browser are counted apart from those of strangers.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

SALT = "cms.accounts.browser"
MAX_AGE = 90 * 24 * 60 * 60  # seconds


def known_browser(request: HttpRequest, account: str) -> str:
    """The name of the browser, where this account (a digest) has logged in from it; else empty."""
    try:
        owner, browser = signing.loads(
            request.COOKIES.get(settings.CMS_BROWSER_COOKIE_NAME, ""), salt=SALT, max_age=MAX_AGE
        )
    except (signing.BadSignature, ValueError):
        return ""
    return browser if owner == account else ""


def remember_browser(request: HttpRequest, response: HttpResponse, account: str) -> None:
    """Give the browser its cookie; a new one each time, so that one that was copied is not renewed for ever."""
    response.set_cookie(
        settings.CMS_BROWSER_COOKIE_NAME,
        signing.dumps([account, secrets.token_hex(16)], salt=SALT),
        max_age=MAX_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
