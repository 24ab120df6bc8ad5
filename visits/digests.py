"""Telling visitors of a day apart without knowing them: a digest of address and browser, by a key of that day.

The key is made of SECRET_KEY and a random salt. The salt is forgotten when the day is over: from then on nobody can
find out whose digest it was, and nobody's visits of two days can be put together. Readers get no cookie.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from visits.models import DailyVisits, Visitor


def digest_of(day: date, *, address: str, user_agent: str) -> str:
    """What stands for somebody on a day, and on no other."""
    data = f"{address}\n{user_agent}".encode("utf-8", "surrogateescape")
    return hashlib.blake2b(data, key=_key_of(day, settings.SECRET_KEY), digest_size=16).hexdigest()


@lru_cache(maxsize=1)
def _key_of(day: date, secret: str) -> bytes:
    # The first process makes the salt; all others use it.
    salt = secrets.token_hex(32)
    DailyVisits.objects.bulk_create([DailyVisits(date=day, salt=salt)], ignore_conflicts=True)
    DailyVisits.objects.filter(date=day, salt="").update(salt=salt)
    salt = DailyVisits.objects.values_list("salt", flat=True).get(date=day)
    return hashlib.blake2b(salt.encode(), key=hashlib.sha256(secret.encode()).digest()).digest()


def forget_keys() -> None:
    """Forget what this process keeps of the salts."""
    _key_of.cache_clear()


def forget_salts(today: date) -> None:
    """Delete the salts of days that are over, in the database and in this process."""
    forget_keys()
    DailyVisits.objects.filter(date__lt=today).exclude(salt="").update(salt="")


def forget_visitors(now: datetime) -> int:
    """Delete digests that are older than VISIT_DIGEST_DAYS, and the salts of days that are over; how many digests."""
    today = timezone.localdate(now)
    forget_salts(today)
    oldest = today - timedelta(days=settings.CMS_VISIT_DIGEST_DAYS)
    deleted, _by_model = Visitor.objects.filter(date__lt=oldest).delete()
    return deleted
