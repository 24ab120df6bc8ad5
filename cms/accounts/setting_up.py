"""Setting up the roles: groups, what they may do, and the approval workflow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Manager, Model
from django.utils.translation import override
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.accounts.approval import set_up_approval
from cms.accounts.roles import ROLES, Role, permissions_of
from cms.accounts.setup_steps import made, once, untaken


@transaction.atomic
def set_up_roles() -> list[str]:
    """Make what was never made before; what was done, one line each."""
    done: list[str] = []
    with override(settings.LANGUAGE_CODE):
        for role in ROLES:
            if once(f"group {role.key}", partial(_key, Group.objects, name=str(role.name))):
                done.append(f"group: {role.name}")
        groups = {role.key: role_group(role.key) for role in ROLES}
        for role in ROLES:
            if group := groups[role.key]:
                done += [f"{role.name}: {name}" for name in _grant(role, group)]
        done += set_up_approval(groups)
    return done


def role_group(role: str) -> Group | None:
    """The group of the role with this key, whatever people call it by now; None where they deleted it."""
    return Group.objects.filter(pk=made(f"group {role}")).first()


def _grant(role: Role, group: Group) -> list[str]:
    """Give the group whatever the role may do and the group was never given; the names of that."""
    permissions = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in permissions_of(role)
    }
    in_trees = dict(_grants_in_trees(role, group))
    prefix = f"{role.key} "
    steps = untaken(f"{prefix}{name}" for name in [*permissions, *in_trees])
    names = [step.removeprefix(prefix) for step in steps]
    # At once: each call is a line in the group's log.
    group.permissions.add(*(permissions[name] for name in names if name in permissions))
    for name in names:
        if name in in_trees:
            in_trees[name]()
    return names


def _grants_in_trees(role: Role, group: Group) -> Iterator[tuple[str, Callable[[], object]]]:
    """What the role may do below the roots of pages and collections, each with what gives it to the group."""
    in_pages = partial(
        GroupPagePermission.objects.get_or_create, group=group, page=Page.get_first_root_node()
    )
    for permission in _permissions(Page, role.pages):
        yield f"pages {permission.codename}", partial(in_pages, permission=permission)
    in_collections = partial(
        GroupCollectionPermission.objects.get_or_create,
        group=group,
        collection=Collection.get_first_root_node(),
    )
    for model, actions in (
        (get_image_model(), role.files),
        (get_document_model(), role.files),
        (Collection, role.collections),
    ):
        for permission in _permissions(model, actions):
            yield f"collections {permission.codename}", partial(in_collections, permission=permission)


def _permissions(model: type[Model], actions: frozenset[str]) -> Iterator[Permission]:
    options = model._meta
    yield from Permission.objects.filter(
        content_type__app_label=options.app_label,
        codename__in=[f"{action}_{options.model_name}" for action in sorted(actions)],
    ).order_by("codename")


def _key(objects: Manager, **values: Any) -> int:
    return objects.get_or_create(**values)[0].pk
