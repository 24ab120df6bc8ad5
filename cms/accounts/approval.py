"""The workflow that content goes through before readers see it: an editor approves, then an administrator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.snippets.models import get_workflow_enabled_models

from cms.accounts.roles import ADMINISTRATOR, EDITOR
from cms.accounts.setup_steps import made, once

#: Groups that Wagtail's migrations make, with a workflow of their own.
WAGTAILS_GROUPS = ("Moderators", "Editors")


def set_up_approval(groups: Mapping[str, Group | None]) -> list[str]:
    """Make the workflow, for all pages and for snippets that can have one, where that was never done."""
    done = []
    editors, administrators = groups[EDITOR.key], groups[ADMINISTRATOR.key]
    if editors and administrators and once("workflow", partial(_workflow, editors, administrators)):
        done.append(f"workflow: {_('Two-step approval')}")
    workflow = Workflow.objects.filter(pk=made("workflow"), active=True).first()
    if workflow is None:
        return done
    if once("workflow pages", partial(_use_for_pages, workflow)):
        done.append("workflow: pages")
    for model in get_workflow_enabled_models():
        if once(f"workflow {model._meta.label_lower}", partial(_use_for_snippets, workflow, model)):
            done.append(f"workflow: {model._meta.label_lower}")
    if once("wagtail's groups", _retire_wagtails_groups):
        done.append(f"not needed any more: {', '.join(WAGTAILS_GROUPS)}")
    return done


def _workflow(editors: Group, administrators: Group) -> int:
    workflow = Workflow.objects.create(name=_("Two-step approval"))
    # Administrators are in the first step as well: they stand in for editors who are away.
    steps = [
        (_("Editor's approval"), [editors, administrators]),
        (_("Administrator's approval"), [administrators]),
    ]
    for order, (name, groups) in enumerate(steps):
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.set(groups)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow.pk


def _use_for_pages(workflow: Workflow) -> None:
    root = Page.get_first_root_node()
    present = WorkflowPage.objects.filter(page=root).select_related("workflow").first()
    if present is None or _is_wagtails(present.workflow):
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})


def _use_for_snippets(workflow: Workflow, model: type) -> None:
    kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
    WorkflowContentType.objects.get_or_create(content_type=kind, defaults={"workflow": workflow})


def _is_wagtails(workflow: Workflow) -> bool:
    """Whether it is the workflow that Wagtail's migrations make, unchanged."""
    return {
        group.name for task in _tasks(workflow) for group in getattr(task, "groups", Group.objects).all()
    } == {"Moderators"}


def _tasks(workflow: Workflow) -> Iterable[Task]:
    return [each.specific for each in workflow.tasks]


def _retire_wagtails_groups() -> None:
    """Delete Wagtail's own groups and workflow where nobody is in them and nothing went through it."""
    for workflow in Workflow.objects.filter(workflow_states=None, workflow_pages=None):
        if _is_wagtails(workflow):
            Task.objects.filter(pk__in=[task.pk for task in _tasks(workflow)], task_states=None).delete()
            workflow.delete()
    Group.objects.filter(name__in=WAGTAILS_GROUPS, user=None, groupapprovaltask=None).delete()
