"""Keys of what polls sign and digest, all made from POLLS_KEY, which must outlive the polls; else from SECRET_KEY."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings


@lru_cache(maxsize=32)
def _key(secret: str, purpose: str) -> bytes:
    return hashlib.blake2b(purpose.encode(), key=hashlib.sha256(secret.encode()).digest()).digest()


def key_for(purpose: str) -> bytes:
    """A key that serves one purpose alone."""
    return _key(settings.CMS_POLLS_KEY or settings.SECRET_KEY, purpose)


def digest(purpose: str, value: str) -> str:
    """A keyed digest of 64 hexadecimal digits."""
    return hmac.digest(key_for(purpose), value.encode(), "sha256").hex()


def fingerprint() -> str:
    """By which a database knows the key that its ballots were sealed with (`cms.operations.installation`)."""
    return digest("fingerprint", "")


def is_in_use() -> bool:
    """Whether there is anything that another key could not verify."""
    from polls.models import Ballot  # models are not loaded where a server begins to start

    return Ballot.objects.exists()
