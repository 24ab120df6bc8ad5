"""Who may manage whom: nobody gives what they don't have, and nobody gets at an account that may do more.

Wagtail asks only for the permission to change users, with which one could make oneself a superuser, or set a
superuser's password.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from wagtail.models import GroupCollectionPermission, GroupPagePermission


def may_give(giver: Any, group: Group) -> bool:
    """Whether the giver has all that the group has, where the group has it."""
    if giver.is_superuser:
        return True
    permissions = group.permissions.select_related("content_type")
    return (
        all(giver.has_perm(f"{each.content_type.app_label}.{each.codename}") for each in permissions)
        and _covers(giver, GroupPagePermission, "page", group)
        and _covers(giver, GroupCollectionPermission, "collection", group)
    )


def _covers(giver: Any, model: type, tree: str, group: Group) -> bool:
    """Whether each permission of the group in a tree is one that the giver has at the same place or above."""
    columns = ("permission_id", f"{tree}__path")
    own = list(model.objects.filter(group__in=giver.groups.all()).values_list(*columns))
    return all(
        any(permission == held and path.startswith(above) for held, above in own)
        for permission, path in model.objects.filter(group=group).values_list(*columns)
    )


def givable_groups(giver: Any) -> QuerySet:
    """The groups that somebody may put others in."""
    return Group.objects.filter(pk__in=[group.pk for group in Group.objects.all() if may_give(giver, group)])


def may_manage(manager: Any, user: Any) -> bool:
    """Whether somebody may change, delete, or reset an account."""
    if manager.is_superuser:
        return True
    return (
        not user.is_superuser
        and not user.user_permissions.exists()
        and all(may_give(manager, group) for group in user.groups.all())
    )
