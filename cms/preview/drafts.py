"""Keeping drafts for previews, and opening them again by a token.

wagtail-headless-preview is not used: its tokens never expire, belong to no one, and every keystroke adds a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, Revision

from cms.preview.logins import is_logged_in
from cms.preview.models import Preview, ShareLink
from cms.preview.rights import may_edit
from cms.preview.sweeping import sweep_now_and_then
from cms.preview.tokens import claims_of, invalid, token_for

#: What the ids of drafts begin with.
DRAFT = "draft."
# Where a page stands, and whether a snippet is in the trash, is not part of a draft.
PLACE = (
    "path",
    "depth",
    "url_path",
    "numchild",
    "translation_key",
    "content_type_id",
    "locale_id",
    "is_trashed",
)


@dataclass(frozen=True)
class Login:
    """An editor in one browser: previews end with it."""

    editor: AbstractBaseUser
    session_key: str


@dataclass(frozen=True)
class Opened:
    """What a token has opened: for an editor, or for whom a link was shared with."""

    draft: Any
    editor: AbstractBaseUser | None
    revision_id: int | None


def keep_draft(draft: Model, login: Login, *, revision_id: int | None = None, form: str = "") -> str:
    """Store what an editor looks at and return the token that opens it.

    `revision_id`: it is this revision, and no form that is being filled in. `form` tells forms of new objects apart.
    """
    is_new_page = isinstance(draft, Page) and draft.pk is None
    preview, is_new = Preview.objects.update_or_create(
        session_id=login.session_key,
        content_type=ContentType.objects.get_for_model(draft),
        subject=_subject(draft, revision_id, form),
        defaults={
            "editor": login.editor,
            "revision_id": revision_id,
            "parent": draft.get_parent() if is_new_page else None,
            "content": draft.serializable_data(),
        },
    )
    if is_new:
        sweep_now_and_then(preview)
    return token_for(preview)


def _subject(draft: Model, revision_id: int | None, form: str) -> str:
    if draft.pk is None:
        return f"new {form}"
    return f"{draft.pk} revision {revision_id}" if revision_id else str(draft.pk)


def open_preview(token: str, kind: type[Model], *, content_type: str | None = None) -> Any:
    """The draft that a token opens, of this model, and of the type `app.Model` where it is given.

    Raises BadInput, code PREVIEW_TOKEN_EXPIRED or PREVIEW_TOKEN_INVALID (`tokens.py`).
    """
    return opened(token, kind, content_type=content_type).draft


def opened(token: str, kind: type[Model], *, content_type: str | None = None) -> Opened:
    """As `open_preview`, and for whom."""
    claims = claims_of(token)
    found = _shared(claims) if "share" in claims else _own(claims)
    label = found.draft._meta.label.lower()
    if not isinstance(found.draft, kind) or (content_type is not None and content_type.lower() != label):
        raise invalid()
    return found


def _own(claims: dict[str, int]) -> Opened:
    preview = (
        Preview.objects.filter(pk=claims["preview"], editor=claims["editor"])
        .select_related("content_type", "editor", "session", "parent")
        .first()
    )
    if preview is None or not is_logged_in(preview.editor, preview.session):
        raise invalid()
    draft = _restored(preview.content_type, preview.content, number=preview.pk)
    # A token ends with the rights of the editor it was made for.
    if not may_edit(preview.editor, draft, parent=preview.parent):
        raise invalid()
    return Opened(draft, preview.editor, preview.revision_id)


def _shared(claims: dict[str, int]) -> Opened:
    link = (
        ShareLink.objects.filter(pk=claims["share"]).select_related("maker", "revision__content_type").first()
    )
    if link is None or not link.is_open:
        raise invalid()
    draft = draft_of(link.revision)
    # So does a link end with the rights of who made it.
    if not may_edit(link.maker, draft):
        raise invalid()
    return Opened(draft, None, link.revision_id)


def draft_of(revision: Revision) -> Any:
    """The object as it is in a revision; BadInput where it is no more."""
    return _restored(revision.content_type, revision.content)


def object_id(instance: Any) -> Any:
    """What an object is told apart by among those of its type: its primary key, or what a draft has instead.

    Clients' caches merge objects by their ids: a draft and what belongs to it are other objects than what is published.
    """
    return getattr(instance, "draft_id", None) or instance.pk


def is_draft_id(value: str) -> bool:
    """Whether this is the id of a draft, or of what belongs to one."""
    return value.startswith(DRAFT)


def name_draft(draft: Model, name: Any) -> None:
    """Give a draft, and the rows that belong to it, ids that nothing published has."""
    draft.draft_id = f"{DRAFT}{name}"
    for relation in get_all_child_relations(type(draft)):
        accessor = relation.get_accessor_name()
        for number, row in enumerate(getattr(draft, accessor).all(), start=1):
            name_draft(row, row.pk or f"{name}.{accessor}.{number}")
            # What is loaded for rows is told apart by their keys, and new ones have none yet.
            row.pk = row.pk or -number


def _restored(content_type: ContentType, content: dict[str, Any], *, number: int = 0) -> Model:
    model = content_type.model_class()
    if model is None:  # its app is gone, and the row of its type has stayed
        raise invalid()
    draft = model.from_serializable_data(content, check_fks=False, strict_fks=False)
    draft.pk = content.get("pk")
    draft.live = False
    name_draft(draft, draft.pk or f"new.{number}")
    if draft.pk is None:
        return draft
    saved = model._base_manager.filter(pk=draft.pk).first()
    if saved is None:
        raise invalid()
    for name in PLACE:
        if hasattr(saved, name):
            setattr(draft, name, getattr(saved, name))
    return draft
