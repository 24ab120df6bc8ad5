"""What is kept of where a vote came from: digests that tell ballots of one network apart, for limits and reviews.

The key of the digests is random, another one each day, and deleted after POLL_DIGEST_DAYS with the digests that were
made by it. No address is stored.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from cms.operations.client_ip import client_network
from polls.models import Ballot, Burst, DigestKey


@dataclass(frozen=True)
class Origin:
    """Where a vote came from: digests of network and browser, and how many of late came from there too."""

    network: str = ""
    agent: str = ""
    is_crowded: bool = False
    is_over: bool = False


UNKNOWN = Origin()


def origin_digests(address: str, agent: str, now: datetime) -> tuple[str, str]:
    """The digests of a client's network and of its browser, by the key of the day."""
    key = _key_of(timezone.localdate(now, timezone.get_default_timezone()))
    return _digest(key, "network", client_network(address)), _digest(key, "agent", agent)


def _digest(key: bytes, purpose: str, value: str) -> str:
    data = f"{purpose}:{value}".encode("utf-8", "surrogateescape")
    return hashlib.blake2b(data, key=key, digest_size=16).hexdigest()


@lru_cache(maxsize=2)
def _key_of(day: date) -> bytes:
    # Whoever comes first makes it; all others use what is there.
    DigestKey.objects.bulk_create([DigestKey(day=day, key=secrets.token_hex(32))], ignore_conflicts=True)
    return bytes.fromhex(DigestKey.objects.get(day=day).key)


def forget_keys() -> None:
    """Forget what this process keeps of the keys."""
    _key_of.cache_clear()


def forget_digests(now: datetime) -> int:
    """Delete keys and digests that are older than POLL_DIGEST_DAYS; how many ballots had some."""
    forget_keys()
    oldest = timezone.localdate(now) - timedelta(days=settings.CMS_POLL_DIGEST_DAYS)
    DigestKey.objects.filter(day__lt=oldest).delete()
    first = timezone.make_aware(datetime.combine(oldest, datetime.min.time()))
    Burst.objects.filter(ends_at__lt=first).exclude(network="").delete()
    old = Ballot.objects.filter(created_at__lt=first).exclude(network="", agent="")
    return old.update(network="", agent="")
