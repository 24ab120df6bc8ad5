"""Work that a voter's device does before it votes: https://altcha.org/docs/v2/proof-of-work/, checked here alone."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
from django.conf import settings

from polls.keys import key_for

ALGORITHM = "PBKDF2/SHA-256"
#: How long a voter may think: the challenge is fetched when the poll is shown, or when it is asked for.
LASTS = timedelta(minutes=20)
#: Hexadecimal digits that the derived key begins with: 256 tries on average.
PREFIX = "00"
MAX_LENGTH = 4000


class WrongProof(Exception):
    """Somebody else's challenge, another poll's, one that is over, or one that was not solved."""


def new_challenge(poll_id: int, now: datetime) -> dict[str, Any]:
    """A challenge as ALTCHA's clients take it. Its answer serves for one vote in this poll."""
    challenge = altcha.create_challenge(
        ALGORITHM,
        settings.CMS_POLL_PROOF_COST,
        key_prefix=PREFIX,
        expires_at=now.astimezone(UTC) + LASTS,
        data={"poll": str(poll_id)},
        hmac_secret=key_for("proof"),
    )
    return challenge.to_dict()


def verify_proof(proof: str, poll_id: int) -> str:
    """What tells the solved challenge of `proof` from all others. Raises WrongProof."""
    if len(proof) > MAX_LENGTH:
        raise WrongProof
    try:
        parameters = json.loads(base64.b64decode(proof, validate=True))["challenge"]["parameters"]
        poll, nonce = parameters["data"]["poll"], str(parameters["nonce"])
    except (binascii.Error, ValueError, KeyError, TypeError, RecursionError) as error:
        raise WrongProof from error
    # What was signed says what it costs to check: nobody can make that dear.
    if not altcha.verify_solution(proof, key_for("proof")).verified or poll != str(poll_id):
        raise WrongProof
    return nonce
