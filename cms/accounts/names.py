"""People are called as Vietnamese are: the family name first, as in Nguyễn Việt Dũng."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from wagtail.admin.forms.account import NameEmailForm


def put_family_names_first() -> None:
    """Let all that shows a person ask for the name in this order, and the form of one's own account too."""
    get_user_model().add_to_class("get_full_name", full_name)
    NameEmailForm.field_order = ["last_name", "first_name", "email"]


def full_name(user: Any) -> str:
    """Family and middle name, then the given name; empty where a user has neither."""
    return f"{user.last_name} {user.first_name}".strip()
