"""Setting up the roles: groups, what they may do, and the approval workflow."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Manager, Model
from django.utils.translation import override
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.accounts.approval import set_up_approval
from cms.accounts.audit import record
from cms.accounts.permission_names import name_of
from cms.accounts.roles import ROLES, Role, offered_permissions, permissions_of
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
        offered = offered_permissions()
        for role in ROLES:
            if group := groups[role.key]:
                done += [f"{role.name}: {name}" for name in _grant(role, group, offered)]
        done += set_up_approval(groups)
    return done


def role_group(role: str) -> Group | None:
    """The group of the role with this key, whatever people call it by now; None where they deleted it."""
    return Group.objects.filter(pk=made(f"group {role}")).first()


def _grant(role: Role, group: Group, offered: list[Permission]) -> list[str]:
    """Give the group whatever the role may do and the group was never given; the names of that."""
    everywhere = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in permissions_of(role, offered)
    }
    in_pages = {f"pages {each.codename}": each for each in _permissions(Page, role.pages)}
    in_collections = {
        f"collections {each.codename}": each
        for model, actions in (
            (get_image_model(), role.files),
            (get_document_model(), role.files),
            (Collection, role.collections),
        )
        for each in _permissions(model, actions)
    }
    prefix = f"{role.key} "
    steps = untaken(f"{prefix}{name}" for name in [*everywhere, *in_pages, *in_collections])
    names = [step.removeprefix(prefix) for step in steps]
    # At once: each call is a line in the group's log.
    group.permissions.add(*_chosen(everywhere, names))
    _give_in_tree(GroupPagePermission, group, _chosen(in_pages, names), page=Page.get_first_root_node())
    root = Collection.get_first_root_node()
    _give_in_tree(GroupCollectionPermission, group, _chosen(in_collections, names), collection=root)
    return names


def _chosen(permissions: dict[str, Permission], names: list[str]) -> list[Permission]:
    return [permissions[name] for name in names if name in permissions]


def _give_in_tree(
    model: type[GroupPagePermission] | type[GroupCollectionPermission],
    group: Group,
    permissions: list[Permission],
    **place: Model,
) -> None:
    given = set(model.objects.filter(group=group, **place).values_list("permission_id", flat=True))
    if new := [each for each in permissions if each.pk not in given]:
        model.objects.bulk_create(model(group=group, permission=each, **place) for each in new)
        # No signal tells the log of rows that are written at once.
        [root] = place.values()
        record("added", group, about=f"{', '.join(map(name_of, new))} ({root})")


def _permissions(model: type[Model], actions: frozenset[str]) -> Iterator[Permission]:
    options = model._meta
    yield from Permission.objects.filter(
        content_type__app_label=options.app_label,
        codename__in=[f"{action}_{options.model_name}" for action in sorted(actions)],
    ).order_by("codename")


def _key(objects: Manager, **values: str) -> int:
    return objects.get_or_create(**values)[0].pk
