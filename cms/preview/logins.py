"""Whether the login that a preview was made in is still one."""

from __future__ import annotations

import time
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from cms.accounts.sessions import is_over


def is_logged_in(user: Any, session: Session) -> bool:
    """Whether a session is a login of this user, not expired, and begun with the password that they have now.

    Who logs out, and who changes their password elsewhere, ends it by that; here is seen what nobody has ended yet.
    """
    login = session.get_decoded()
    return (
        session.expire_date > timezone.now()
        and login.get(SESSION_KEY) == str(user.pk)
        and constant_time_compare(login.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
        and not is_over(login, int(time.time()))
    )
