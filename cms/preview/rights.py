"""Who may look at a draft: who may edit it in the admin."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Page, WorkflowMixin
from wagtail.permissions import policy_registry

from cms.content.trashed import is_trashed


def may_edit(user: Any, thing: Model, *, parent: Page | None = None) -> bool:
    """Whether somebody may edit a saved object or publish it, or add a new page below `parent`.

    A lock takes nobody's right to look. Who reviews a step of a workflow may edit until the step is done.
    """
    if not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        return False
    if isinstance(thing, Page):
        return _may_edit_page(user, thing, parent)
    policy = policy_registry.get(thing)
    if thing.pk is None:
        return policy.user_has_permission(user, "add")
    # Settings of a site are edited by who may edit that site's.
    subject = thing.site if isinstance(thing, BaseSiteSetting) else thing
    if policy.user_has_any_permission_for_instance(user, {"change", "publish"}, subject):
        return True
    task = thing.current_workflow_task if isinstance(thing, WorkflowMixin) else None
    return bool(task and task.user_can_access_editor(thing, user))


def _may_edit_page(user: Any, page: Page, parent: Page | None) -> bool:
    if is_trashed(page if page.pk or parent is None else parent):
        return False
    if page.pk is None:
        return parent is not None and parent.permissions_for_user(user).can_add_subpage()
    saved = type(page)._base_manager.get(pk=page.pk)
    permissions = saved.permissions_for_user(user)
    return permissions.can_edit() or permissions.can_publish()
