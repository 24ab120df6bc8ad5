"""What `set_up_roles` makes of a database that was migrated, and what it leaves as people have it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowContentType, WorkflowPage

from cms.accounts.models import SetUpStep
from polls.models import Poll
from tests.factories.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


def set_up() -> str:
    output = StringIO()
    call_command("set_up_roles", stdout=output)
    return output.getvalue()


def group(name: str) -> Group:
    return Group.objects.get(name=name)


def test_a_fresh_install_has_three_roles_and_one_workflow_and_none_of_wagtails():
    assert set(Group.objects.values_list("name", flat=True)) == {"Moderators", "Editors"}
    set_up()
    assert set(Group.objects.values_list("name", flat=True)) == {"Phóng viên", "Biên tập viên", "Quản trị"}
    workflow = Workflow.objects.get()
    assert workflow.name == "Duyệt hai bước"
    assert [task.name for task in workflow.tasks] == ["Biên tập viên duyệt", "Quản trị duyệt"]
    assert WorkflowPage.objects.get().page == Page.get_first_root_node()


def test_wagtails_groups_stay_where_somebody_is_in_them():
    person(username="cu").groups.add(group("Moderators"))
    set_up()
    assert set(Group.objects.values_list("name", flat=True)) >= {"Moderators", "Quản trị"}


def test_a_second_time_changes_nothing():
    set_up()
    before = list(Permission.objects.filter(group__isnull=False).values_list("pk", "group"))
    assert set_up() == "roles: all there\n"
    assert list(Permission.objects.filter(group__isnull=False).values_list("pk", "group")) == before


def test_a_content_type_that_comes_later_is_given_to_the_roles_by_the_next_run():
    set_up()
    polls = Permission.objects.filter(content_type__app_label="polls", content_type__model="poll")
    for each in Group.objects.all():  # as before there were polls
        each.permissions.remove(*polls)
    WorkflowContentType.objects.all().delete()
    SetUpStep.objects.filter(key__contains="polls.").delete()

    done = set_up()

    assert "Phóng viên: polls.add_poll" in done
    assert "workflow: polls.poll" in done
    assert not [line for line in done.splitlines() if "poll" not in line]
    assert Poll.get_default_workflow().name == "Duyệt hai bước"
    assert not polls.filter(codename="publish_poll", group__name="Biên tập viên").exists()


def test_what_people_changed_stays():
    set_up()
    reporters, editors = group("Phóng viên"), group("Biên tập viên")
    Group.objects.filter(pk=reporters.pk).update(name="Cộng tác viên")
    reporters.permissions.remove(Permission.objects.get(codename="change_poll"))
    GroupPagePermission.objects.filter(group=editors, permission__codename="lock_page").delete()
    group("Quản trị").delete()
    WorkflowPage.objects.all().delete()

    set_up()

    assert set(Group.objects.values_list("name", flat=True)) == {"Cộng tác viên", "Biên tập viên"}
    assert not reporters.permissions.filter(codename="change_poll").exists()
    assert not GroupPagePermission.objects.filter(group=editors, permission__codename="lock_page").exists()
    assert not WorkflowPage.objects.exists()


def test_a_workflow_that_people_gave_the_pages_stays():
    own = Workflow.objects.create(name="Riêng")
    WorkflowPage.objects.update_or_create(page=Page.get_first_root_node(), defaults={"workflow": own})
    set_up()
    assert WorkflowPage.objects.get().workflow == own
