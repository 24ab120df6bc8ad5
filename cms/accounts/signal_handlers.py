"""Noticing what happens to accounts and rights, wherever it is done from, and logging it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.http import HttpRequest
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from cms.accounts.audit import record
from cms.accounts.permission_names import name_of
from cms.accounts.sessions import begin

FLAGS = {
    "is_superuser": ("superuser_off", "superuser_on"),
    "is_active": ("deactivated", "activated"),
}
#: What m2m_changed says, and what it is to us. Clearing is said before it is done: afterwards nobody knows of what.
CHANGES = {"post_add": "added", "post_remove": "removed", "pre_clear": "removed"}


def on_signed_in(sender: type, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    begin(request)
    record("signed_in", user, by=user, request=request)


def on_signed_out(sender: type, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    if user is not None:
        record("signed_out", user, by=user, request=request)


def before_user_saved(sender: type, instance: Any, **kwargs: Any) -> None:
    """Keep what the flags were."""
    before = sender._default_manager.filter(pk=instance.pk).values(*FLAGS).first() if instance.pk else None
    instance._flags_before = before or {"is_superuser": False, "is_active": True}


def on_user_saved(sender: type, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    for name, actions in FLAGS.items():
        now = getattr(instance, name)
        if now != instance._flags_before[name]:
            record(actions[now], instance)
    # Django keeps the new password here until the row is written, and not where it only hashes an old one anew.
    if instance._password is not None and not created:
        record("password_changed", instance)


def on_memberships_changed(
    sender: type, instance: Model, action: str, reverse: bool, model: type[Model], pk_set: Any, **kwargs: Any
) -> None:
    """Groups of users, permissions of groups and of users: whichever side it is done from."""
    change = CHANGES.get(action)
    if change is None or pk_set == set():
        return
    others = _others(sender, instance, reverse, model, pk_set)
    if reverse:
        for holder in others:
            record(change, holder, about=name_of(instance))
    elif others:
        record(change, instance, about=", ".join(name_of(other) for other in others))


def _others(through: type, instance: Model, reverse: bool, model: type[Model], pk_set: Any) -> list[Model]:
    if pk_set is not None:
        return list(model._default_manager.filter(pk__in=pk_set))
    # A clear: all that are linked now.
    source, target = (
        next(field for field in through._meta.fields if field.related_model is each)
        for each in (type(instance), model)
    )
    linked = through._default_manager.filter(**{source.name: instance}).values(target.attname)
    return list(model._default_manager.filter(pk__in=linked))


def on_tree_permission_saved(
    sender: type, instance: Any, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    if created and not raw:
        record("added", instance.group, about=_in_tree(instance))


def on_tree_permission_deleted(sender: type, instance: Any, origin: Any = None, **kwargs: Any) -> None:
    # What goes with its group, page or collection is not taken away from anybody.
    if getattr(origin, "model", type(origin)) is sender:
        record("removed", instance.group, about=_in_tree(instance))


def _in_tree(permission: Any) -> str:
    place = permission.page if isinstance(permission, GroupPagePermission) else permission.collection
    return f"{name_of(permission.permission)} ({place})"


def watch() -> None:
    """Begin to notice."""
    user = get_user_model()
    user_logged_in.connect(on_signed_in, dispatch_uid="accounts")
    user_logged_out.connect(on_signed_out, dispatch_uid="accounts")
    pre_save.connect(before_user_saved, sender=user, dispatch_uid="accounts")
    post_save.connect(on_user_saved, sender=user, dispatch_uid="accounts")
    for through in (user.groups.through, user.user_permissions.through, Group.permissions.through):
        m2m_changed.connect(on_memberships_changed, sender=through, dispatch_uid="accounts")
    for model in (GroupPagePermission, GroupCollectionPermission):
        post_save.connect(on_tree_permission_saved, sender=model, dispatch_uid="accounts")
        post_delete.connect(on_tree_permission_deleted, sender=model, dispatch_uid="accounts")
