"""Permission policies whose superusers find nothing of the trash in lists: Wagtail's give them every row there is."""

from __future__ import annotations

from collections.abc import Collection as Names
from typing import Any

from django.db.models import QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.content.trashed import FIRST_ROOT, without_trashed


class PagePolicy(PagePermissionPolicy):
    """Wagtail's, for lists of pages; who may do what with one page stays as it is."""

    def _base_queryset_for_user(self, user: Any) -> QuerySet | None:
        pages = super()._base_queryset_for_user(user)
        return pages if pages is None else without_trashed(pages)

    def instances_with_direct_explore_permission(self, user: Any) -> Any:
        # Of two roots there is no common ancestor, at which the page tree would begin.
        pages = super().instances_with_direct_explore_permission(user)
        return without_trashed(pages) if user.is_superuser else pages


class FilePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's, for images and documents."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Names[str]) -> QuerySet:
        files = super().instances_user_has_any_permission_for(user, actions)
        return without_trashed(files) if user.is_superuser else files

    def collections_user_has_any_permission_for(self, user: Any, actions: Names[str]) -> QuerySet:
        collections = super().collections_user_has_any_permission_for(user, actions)
        return collections.filter(path__startswith=FIRST_ROOT)


def register_policies() -> None:
    """Called once, after Wagtail has registered its own."""
    register_permission_policy(Page, PagePolicy(Page))
    for model in (get_image_model(), get_document_model()):
        register_permission_policy(
            model, FilePolicy(model, auth_model=model, owner_field_name="uploaded_by_user")
        )
