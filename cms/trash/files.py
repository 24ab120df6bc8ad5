"""Images and documents into the trash and back: it is a private collection, so what keeps those private keeps these."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from cms.content.trashed import FIRST_ROOT, closed_to_all, made_file_bin
from cms.media.privacy import move_misplaced_files

#: The collection of private files whose own one is gone, or open by now.
CLOSED = "Khôi phục từ thùng rác"


def put_away(file: Any, *, user: Any) -> tuple[dict[str, Any], str]:
    """Move an image or document into the trash's collection; its place, and that in words."""
    collection = file.collection
    place = {"collection": collection.pk, "is_private": _is_private(collection)}
    _put_into(made_file_bin(), file)
    above = collection.get_ancestors(inclusive=True).filter(depth__gt=1)
    return place, " › ".join(each.name for each in above)


def take_back(file: Any, place: dict[str, Any], *, user: Any) -> None:
    """Move it back into its collection, or into the first one where that is gone; a private file stays private.

    PermissionDenied for who could not add it there.
    """
    kept = Collection.objects.filter(pk=place.get("collection"), path__startswith=FIRST_ROOT).first()
    collection = kept or Collection.get_first_root_node()
    # What an earlier release put away says nothing of it.
    was_private = place.get("is_private", kept is None)
    if was_private and not _is_private(collection):
        collection = _closed()
    allowed = policy_registry.get_by_type(type(file)).collections_user_has_permission_for(user, "add")
    if not allowed.filter(pk=collection.pk).exists():
        raise PermissionDenied
    _put_into(collection, file)


def _is_private(collection: Collection) -> bool:
    return collection.get_view_restrictions().exists()


def _closed() -> Collection:
    root = Collection.get_first_root_node()
    # Somebody may have opened an earlier one.
    found = (each for each in root.get_children().filter(name=CLOSED) if _is_private(each))
    return next(found, None) or closed_to_all(root.add_child(name=CLOSED))


def _put_into(collection: Collection, file: Any) -> None:
    file.collection = collection
    file.save(update_fields=["collection"])
    # At once: the web server hands out what lies among public files without asking anybody.
    transaction.on_commit(move_misplaced_files)
