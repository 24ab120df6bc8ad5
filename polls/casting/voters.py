"""Who votes: a random number that the reader's browser or app keeps, and never an address.

Offices and mobile carriers share addresses, so one vote per address would shut readers out. The number is signed, so
that nobody makes up voters; a ballot holds a keyed digest of it and the poll, so that neither the number nor what else
the voter answered can be read from the database.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache

from django.core import signing
from django.http import HttpRequest

from polls.keys import digest, key_for

COOKIE = "voter"
COOKIE_SECONDS = 400 * 24 * 3600  # The longest that browsers keep a cookie.
SALT = "polls.voter"


@dataclass(frozen=True)
class Voter:
    """A reader who votes. `token` is the signed number, in a cookie or in the hands of an app."""

    number: str

    @property
    def token(self) -> str:
        return _signer().sign(self.number)

    def digest(self, poll_id: int) -> str:
        """What stands for this voter on a ballot of this poll, and in no other poll."""
        return digest("ballot", f"{poll_id}:{self.number}")


def new_voter() -> Voter:
    """A voter whom nobody has seen yet."""
    return Voter(secrets.token_urlsafe(16))


def voter_of(token: str) -> Voter | None:
    """The voter of a token that we issued; None for anything else."""
    try:
        return Voter(_signer().unsign(token))
    except signing.BadSignature:
        return None


def voter_of_cookie(request: HttpRequest) -> Voter | None:
    """The voter whose cookie came with the request."""
    token = request.COOKIES.get(COOKIE)
    return voter_of(token) if token else None


def voter_of_request_key(poll_id: int, key: str) -> Voter:
    """The voter who sends a first vote with an idempotency key and no token.

    When the answer to it was lost, so was the cookie: the same key must lead to the same voter.
    """
    return Voter(digest("first-vote", f"{poll_id}:{key}")[:32])


def retry_digest(voter: Voter, key: str) -> str:
    """What stands for a client's idempotency key on a ballot; empty where there is no key."""
    return digest("retry", f"{voter.number}:{key}") if key else ""


def _signer() -> signing.Signer:
    return _signer_with(key_for("voter").hex())


@lru_cache(maxsize=2)
def _signer_with(key: str) -> signing.Signer:
    return signing.Signer(key=key, salt=SALT)


def cookie_options(request: HttpRequest) -> dict[str, object]:
    """How the voter's cookie is set: out of scripts' reach, and over https alone where the request came by it."""
    return {"max_age": COOKIE_SECONDS, "httponly": True, "samesite": "Lax", "secure": request.is_secure()}
