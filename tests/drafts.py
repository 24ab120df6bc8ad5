"""Previews as an editor has them who is logged in."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from cms.preview.drafts import Login, keep_draft
from tests.factories.people import logged_in


def login_of(editor: Any) -> Login:
    """An editor in a browser of their own."""
    return Login(editor, logged_in(editor).session.session_key)


def token_of(draft: Model, editor: Any, **where: Any) -> str:
    """A token for a draft that somebody looks at in a browser of their own."""
    return keep_draft(draft, login_of(editor), **where)
