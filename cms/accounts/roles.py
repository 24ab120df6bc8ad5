"""The roles of a portal, and what each may do.

No content type is named here. What a role may do follows from what a model is: a page, a snippet that has drafts, a
snippet that is seen as soon as it is saved, settings of a site.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Model
from django.urls import get_resolver
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import DraftStateMixin
from wagtail.snippets.models import get_snippet_models


@dataclass(frozen=True)
class Role:
    """A role, as the command sets it up; from then on it is the group that counts.

    Actions are the first part of a permission's codename. `drafts` are those on snippets that have drafts, `values`
    those on snippets that have none, `others` whole permissions of other apps, `app.codename`.
    """

    key: str
    name: Any
    pages: frozenset[str]
    files: frozenset[str]
    drafts: frozenset[str]
    values: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    collections: frozenset[str] = frozenset()
    others: frozenset[str] = field(default=frozenset({"wagtailadmin.access_admin"}))


REPORTER = Role(
    key="reporter",
    name=_("Reporters"),
    pages=frozenset({"add"}),  # and with it to change what is their own
    files=frozenset({"add", "choose"}),
    drafts=frozenset({"add", "change", "view"}),
)
EDITOR = Role(
    key="editor",
    name=pgettext_lazy("role", "Editors"),
    pages=frozenset({"add", "change", "lock"}),
    files=frozenset({"add", "change", "choose"}),
    # Without "delete": what is public would be gone without the second approval.
    drafts=frozenset({"add", "change", "lock", "view"}),
    values=frozenset({"add", "change", "view"}),
)
ADMINISTRATOR = Role(
    key="administrator",
    name=pgettext_lazy("role", "Administrators"),
    pages=frozenset({"add", "bulk_delete", "change", "lock", "publish", "unlock"}),
    files=frozenset({"add", "change", "choose"}),
    drafts=frozenset({"add", "change", "delete", "lock", "publish", "unlock", "view"}),
    values=frozenset({"add", "change", "delete", "view"}),
    settings=frozenset({"change"}),
    people=frozenset({"add", "change", "delete"}),
    collections=frozenset({"add", "change", "delete"}),
    others=frozenset(
        {
            "wagtailadmin.access_admin",
            "wagtailredirects.add_redirect",
            "wagtailredirects.change_redirect",
            "wagtailredirects.delete_redirect",
            "simple_translation.submit_translation",
            "trash.view_trasheditem",
            "trash.delete_trasheditem",
        }
    ),
)
ROLES = (REPORTER, EDITOR, ADMINISTRATOR)


def permissions_of(role: Role, offered: list[Permission]) -> Iterator[Permission]:
    """Those of `offered` that the role has everywhere; those on pages and collections hang on the trees."""
    for permission in offered:
        model = permission.content_type.model_class()
        action = permission.codename.removesuffix(f"_{permission.content_type.model}")
        name = f"{permission.content_type.app_label}.{permission.codename}"
        if name in role.others or (model is not None and action in _actions(role, model)):
            yield permission


def offered_permissions() -> list[Permission]:
    """The permissions that Wagtail's form for groups offers, so that people see all that a role has."""
    get_resolver().url_patterns  # noqa: B018 - the admin's models offer theirs when its addresses are loaded
    keys = {
        key for hook in hooks.get_hooks("register_permissions") for key in hook().values_list("pk", flat=True)
    }
    return list(Permission.objects.filter(pk__in=keys).select_related("content_type").order_by("pk"))


def _actions(role: Role, model: type[Model]) -> frozenset[str]:
    if model is get_user_model():
        return role.people
    if model in settings_registry:
        return role.settings
    if not _is_content(model):
        return frozenset()
    return role.drafts if issubclass(model, DraftStateMixin) else role.values


def _is_content(model: type[Model]) -> bool:
    app = apps.get_app_config(model._meta.app_label).name
    # Of the `cms` packages only what editors write: a webhook, say, is for who runs the server.
    return app in settings.CONTENT_APPS or model in get_snippet_models()
