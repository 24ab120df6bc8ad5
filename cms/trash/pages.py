"""Pages into the trash and back, with all that is below them.

A page is moved, and nothing else about it changes: when it is moved back, its drafts, its state and all links and
redirects to it are there again.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from wagtail.actions import MovePageAction
from wagtail.models import Page, Site, WorkflowState

from cms.content.trashed import is_trashed, made_page_bin


def put_away(page: Page, *, user: Any) -> tuple[dict[str, Any], str]:
    """Move a page into the trash; its place, and that in words.

    ValidationError where a website begins at it or below it.
    """
    check_no_site(page)
    subtree = page.get_descendants(inclusive=True)
    _cancel_workflows(subtree, user=user)
    parent, left = page.get_parent(), page.get_prev_sibling()
    above = parent.get_ancestors(inclusive=True).filter(depth__gt=1)
    place = {"parent": parent.pk, "left": left.pk if left else None}
    words = " › ".join(each.specific_deferred.get_admin_display_title() for each in above)
    _move(page, made_page_bin(), "last-child", user)
    return place, words


def check_no_site(page: Page) -> None:
    """Refuse a page at which, or below which, a website begins."""
    if Site.objects.filter(root_page__in=page.get_descendants(inclusive=True)).exists():
        raise ValidationError(
            _("A website begins here: give it another first page before you delete this one.")
        )


def take_back(page: Page, place: dict[str, Any], *, user: Any) -> None:
    """Move a page back to where it was, after the page that it stood after.

    ValidationError where that place is gone, or taken; PermissionDenied for who could not add what it holds there.
    """
    parent = Page.objects.filter(pk=place.get("parent")).first()
    if parent is None:
        raise ValidationError(
            _("The page that it was below was deleted for good. An administrator can move it elsewhere.")
        )
    title = parent.specific_deferred.get_admin_display_title()
    if is_trashed(parent):
        raise ValidationError(
            _("The page that it was below, “%(title)s”, is in the trash, too: restore that one first.")
            % {"title": title}
        )
    _check_rights(page, parent, user)
    if not Page._slug_is_available(page.slug, parent, page):
        message = _(
            "Another page below “%(title)s” has its address “%(slug)s” by now: give that one another address first."
        )
        raise ValidationError(message % {"title": title, "slug": page.slug})
    left = Page.objects.filter(pk=place.get("left")).first()
    if left is not None and left.is_child_of(parent):
        _move(page, left, "right", user)
    else:
        _move(page, parent, "last-child" if place.get("left") else "first-child", user)


def _move(page: Page, target: Page, pos: str, user: Any) -> None:
    # Nobody has rights on the trash; who may delete, and who may restore, was asked before.
    MovePageAction(page, target, pos=pos, user=user).execute(skip_permission_checks=True)


def _check_rights(page: Page, parent: Page, user: Any) -> None:
    rights = parent.permissions_for_user(user)
    is_public = page.get_descendants(inclusive=True).live().exists()
    if not (rights.can_publish_subpage() if is_public else rights.can_add_subpage()):
        raise PermissionDenied


def _cancel_workflows(pages: Any, *, user: Any) -> None:
    # Nobody should have it on the desk for approval.
    kind = ContentType.objects.get_for_model(Page)
    keys = [str(pk) for pk in pages.values_list("pk", flat=True)]
    for state in WorkflowState.objects.active().filter(base_content_type=kind, object_id__in=keys):
        state.cancel(user=user)
