"""How often somebody may try: by account and network, by account alone, by network alone.

An account is locked for the network that the failures come from, so that who attacks it from elsewhere does not keep
its owner out. Against attacks from many networks there is a higher limit for the account as a whole, which browsers
that have logged in to it before (`browsers.py`) are not under: they have a count of their own.

Attempts are rows of the database, which all processes share. A row is there before the password is looked at, and goes
when it was right: so as many requests at once as one likes get no more tries than one after the other.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cms.accounts.device_cookies import known_browser
from cms.accounts.models import Attempt
from cms.operations.client_ip import client_ip, client_network

SIGN_IN, RESET = Attempt.Purpose.SIGN_IN, Attempt.Purpose.RESET
SHARE, COLLECTION = Attempt.Purpose.SHARE, Attempt.Purpose.COLLECTION


class TooManyAttempts(PermissionDenied):
    """Nothing was tried: `until` is when it may be tried again."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until

    @property
    def seconds(self) -> int:
        """Whole seconds to wait, at least one."""
        return max(1, math.ceil((self.until - timezone.now()).total_seconds()))


@dataclass(frozen=True)
class Limit:
    """At most `times` attempts within `minutes` that are alike in these columns."""

    columns: tuple[str, ...]
    times: int
    minutes: int


def begin(purpose: Attempt.Purpose, *, account: str, request: HttpRequest) -> Attempt:
    """Note an attempt; raises TooManyAttempts, and notes nothing, where there were too many."""
    name = account_digest(account)
    attempt = Attempt.objects.create(
        purpose=purpose, account=name, network=_network_digest(request), browser=known_browser(request, name)
    )
    # All others, older or not: of many at once, the last that is written sees them all.
    until = locked_until(attempt)
    if until:
        attempt.delete()
        raise TooManyAttempts(until)
    return attempt


def succeeded(attempt: Attempt) -> None:
    """Forget the failures of this account in this network and browser, and none that others may have caused."""
    same = Q(network=attempt.network)
    if attempt.browser:
        same |= Q(browser=attempt.browser)
    Attempt.objects.filter(same, purpose=attempt.purpose, account=attempt.account).delete()


def locked_until(attempt: Attempt) -> datetime | None:
    """Until when the others like this attempt lock it out; None where they do not."""
    ends = [end for limit in _limits(attempt) if (end := _full_until(limit, attempt, but=attempt.pk))]
    return max(ends, default=None)


def locks_out(attempt: Attempt) -> bool:
    """Whether a failed attempt was the last one for now."""
    return any(_full_until(limit, attempt, but=None) for limit in _limits(attempt))


def unlock(account: str) -> int:
    """Forget all attempts on an account; how many there were."""
    return Attempt.objects.filter(account=account_digest(account)).delete()[0]


def recent_failures(account: str) -> int:
    """How many failed sign-ins still count for an account, from anywhere."""
    since = timezone.now() - timedelta(minutes=settings.CMS_SIGN_IN_ACCOUNT_MINUTES)
    return Attempt.objects.filter(purpose=SIGN_IN, account=account_digest(account), at__gt=since).count()


def account_digest(account: str) -> str:
    """The same for all ways to type one name: accounts that differ in case or form share their limits."""
    return _digest("account", unicodedata.normalize("NFKC", account).strip().casefold())


def _limits(attempt: Attempt) -> Iterable[Limit]:
    lock = settings.CMS_SIGN_IN_LOCK_MINUTES
    if attempt.purpose == RESET:
        return [
            Limit(("account",), settings.CMS_RESETS, 60),
            Limit(("network",), 5 * settings.CMS_RESETS, 60),
        ]
    if attempt.browser:
        return [Limit(("browser",), settings.CMS_SIGN_IN_FAILURES, lock)]
    return [
        Limit(("account", "network"), settings.CMS_SIGN_IN_FAILURES, lock),
        Limit(("network",), settings.CMS_SIGN_IN_NETWORK_FAILURES, lock),
        Limit(("account",), settings.CMS_SIGN_IN_ACCOUNT_FAILURES, settings.CMS_SIGN_IN_ACCOUNT_MINUTES),
    ]


def _full_until(limit: Limit, attempt: Attempt, *, but: int | None) -> datetime | None:
    window = timedelta(minutes=limit.minutes)
    alike = {column: getattr(attempt, column) for column in limit.columns}
    if not attempt.browser and attempt.purpose == SIGN_IN:
        alike["browser"] = ""
    since = timezone.now() - window
    others = Attempt.objects.filter(purpose=attempt.purpose, at__gt=since, **alike).exclude(pk=but)
    newest = others.order_by("-at").values_list("at", flat=True)[limit.times - 1 : limit.times]
    return next((at + window for at in newest), None)


def _network_digest(request: HttpRequest) -> str:
    """An IPv4 address is one network, of IPv6 a /64 is: who has one address of it has them all."""
    return _digest("network", client_network(client_ip(request.META)))


def _digest(kind: str, value: str) -> str:
    return salted_hmac(f"cms.accounts.{kind}", value, algorithm="sha256").hexdigest()[:32]
