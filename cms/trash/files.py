"""Images and documents into the trash and back: it is a private collection, so what keeps those private keeps these."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from cms.content.trashed import made_file_bin
from cms.media.privacy import move_misplaced_files


def put_away(file: Any, *, user: Any) -> tuple[dict[str, Any], str]:
    """Move an image or document into the trash's collection; its place, and that in words."""
    collection = file.collection
    _put_into(made_file_bin(), file)
    above = collection.get_ancestors(inclusive=True).filter(depth__gt=1)
    return {"collection": collection.pk}, " › ".join(each.name for each in above)


def take_back(file: Any, place: dict[str, Any], *, user: Any) -> None:
    """Move it back into its collection, or into the first one where that is gone.

    PermissionDenied for who could not add it there.
    """
    collection = Collection.objects.filter(pk=place.get("collection")).first()
    collection = collection or Collection.get_first_root_node()
    allowed = policy_registry.get_by_type(type(file)).collections_user_has_permission_for(user, "add")
    if not allowed.filter(pk=collection.pk).exists():
        raise PermissionDenied
    _put_into(collection, file)


def _put_into(collection: Collection, file: Any) -> None:
    file.collection = collection
    file.save(update_fields=["collection"])
    # At once: the web server hands out what lies among public files without asking anybody.
    transaction.on_commit(move_misplaced_files)
