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
