"""Keeping drafts for previews, and opening them again by a signed token.

wagtail-headless-preview is not used: its tokens never expire, belong to no one, and every keystroke adds a row.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db.models import Model

from cms.graphql.errors import BadInput
from cms.preview.models import Preview

SALT = "cms.preview"

# Where a page stands is not part of its draft.
PLACE = ("path", "depth", "url_path", "numchild", "translation_key", "content_type_id", "locale_id")


def keep_draft(draft: Model, editor: AbstractBaseUser) -> str:
    """Store what an editor is writing and return the token that opens it."""
    content_type = ContentType.objects.get_for_model(draft)
    preview, _created = Preview.objects.update_or_create(
        editor=editor,
        content_type=content_type,
        subject=_subject(draft),
        defaults={"content": draft.serializable_data()},
    )
    return signing.dumps({"preview": preview.pk, "editor": editor.pk}, salt=SALT, compress=True)


def _subject(draft: Model) -> str:
    if draft.pk is not None:
        return str(draft.pk)
    path = getattr(draft, "path", "") or ""
    # A path is as long as the tree is deep; its end tells pages apart.
    return f"below {path[: -draft.steplen][-50:]}" if path else "new"


def open_preview(content_type: str, token: str) -> Any:
    """The unsaved object that a token opens.

    Raises BadInput, code PREVIEW_TOKEN_EXPIRED or PREVIEW_TOKEN_INVALID; the message is the same whatever is wrong
    with an invalid one, so that it tells nothing about what exists.
    """
    claims = _claims(token)
    preview = (
        Preview.objects.filter(pk=claims["preview"], editor=claims["editor"])
        .select_related("content_type", "editor")
        .first()
    )
    if preview is None or _label(preview.content_type).lower() != content_type.lower():
        raise _invalid()
    # A token ends with the rights of the editor it was made for.
    if not preview.editor.is_active or not preview.editor.has_perm("wagtailadmin.access_admin"):
        raise _invalid()
    return _restored(preview)


def _claims(token: str) -> dict[str, int]:
    if not token.isascii():
        raise _invalid()
    try:
        return signing.loads(token, salt=SALT, max_age=settings.CMS_PREVIEW_MAX_AGE)
    except signing.SignatureExpired as error:
        raise BadInput(
            "The preview has expired; open it again in the admin.", code="PREVIEW_TOKEN_EXPIRED"
        ) from error
    except signing.BadSignature as error:
        raise _invalid() from error


def _invalid() -> BadInput:
    return BadInput("The preview token is not valid.", code="PREVIEW_TOKEN_INVALID")


def _label(content_type: ContentType) -> str:
    return f"{content_type.app_label}.{content_type.model}"


def _restored(preview: Preview) -> Model:
    model = preview.content_type.model_class()
    draft = model.from_serializable_data(preview.content, check_fks=False, strict_fks=False)
    draft.pk = preview.content.get("pk")
    draft.live = False
    if draft.pk is None:
        return draft
    saved = model._base_manager.filter(pk=draft.pk).first()
    if saved is None:
        raise _invalid()
    for name in PLACE:
        if hasattr(saved, name):
            setattr(draft, name, getattr(saved, name))
    return draft
