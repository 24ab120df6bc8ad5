"""Tokens that open a preview: signed, and only for a time."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import signing

from cms.graphql.schema.errors import BadInput
from cms.preview.models import Preview, ShareLink

#: What a token is signed with, by what it is for, and the setting that says how many seconds it holds.
SALT, SHARED_SALT = "cms.preview", "cms.preview.shared"
MAX_AGES = {SALT: "CMS_PREVIEW_MAX_AGE", SHARED_SALT: "CMS_SHARED_PREVIEW_MAX_AGE"}


def token_for(preview: Preview) -> str:
    """A token for an editor's own preview."""
    return signing.dumps({"preview": preview.pk, "editor": preview.editor_id}, salt=SALT, compress=True)


def token_for_share(link: ShareLink) -> str:
    """A token for somebody who has opened a share link."""
    return signing.dumps({"share": link.pk}, salt=SHARED_SALT, compress=True)


def claims_of(token: str) -> dict[str, Any]:
    """What a token says.

    Raises BadInput, code PREVIEW_TOKEN_EXPIRED or PREVIEW_TOKEN_INVALID; the message is the same whatever is wrong
    with an invalid one, so that it tells nothing about what exists.
    """
    # Only ASCII is ever signed; other text would be an error of its own in the decoder.
    for salt, max_age in MAX_AGES.items() if token.isascii() else ():
        try:
            return signing.loads(token, salt=salt, max_age=getattr(settings, max_age))
        except signing.SignatureExpired as error:
            raise BadInput(
                "The preview has expired; open it again in the admin, or by its link.",
                code="PREVIEW_TOKEN_EXPIRED",
            ) from error
        except signing.BadSignature:
            continue
    raise invalid()


def invalid() -> BadInput:
    """The one error for all tokens that open nothing."""
    return BadInput("The preview token is not valid.", code="PREVIEW_TOKEN_INVALID")
