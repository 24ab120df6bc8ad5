"""What lists of pages are narrowed by, whatever their type."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, Field, Model, Q, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.models import Page, Revision, WorkflowState

from cms.content.trashed import without_trashed
from cms.desk.belonging import of_each


class ContentStatus(TextChoices):
    """Where a page or snippet stands on its way to readers."""

    LIVE = "live", _("On the site")
    CHANGED = "changed", _("On the site, with unpublished changes")
    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("In approval")
    SENT_BACK = "sent_back", _("Sent back")
    SCHEDULED = "scheduled", _("Scheduled to be published")
    EXPIRED = "expired", _("Expired")


def with_status(content: QuerySet, status: str) -> QuerySet:
    """Those of pages or snippets with drafts that have this status."""
    now = timezone.now()
    rules = {
        ContentStatus.LIVE: lambda: Q(live=True) & ~Q(expire_at__lte=now),
        ContentStatus.CHANGED: lambda: Q(live=True, has_unpublished_changes=True),
        ContentStatus.DRAFT: lambda: Q(live=False, expired=False),
        ContentStatus.WAITING: lambda: _in_workflow(content.model, WorkflowState.STATUS_IN_PROGRESS),
        ContentStatus.SENT_BACK: lambda: _in_workflow(content.model, WorkflowState.STATUS_NEEDS_CHANGES),
        ContentStatus.SCHEDULED: lambda: Q(
            Exists(of_each(Revision.objects.filter(approved_go_live_at__gt=now), content.model))
        ),
        ContentStatus.EXPIRED: lambda: Q(expired=True) | Q(live=True, expire_at__lte=now),
    }
    return content.filter(rules[ContentStatus(status)]())


def _in_workflow(model: type[Model], status: str) -> Q:
    return Q(Exists(of_each(WorkflowState.objects.filter(status=status), model)))


class StatusFilters(WagtailFilterSet):
    """By status, and only what is one's own; for pages and for snippets that have drafts.

    A filter by what content links to offers nothing that is in the trash.
    """

    status = django_filters.ChoiceFilter(
        label=_("Where it stands"), choices=ContentStatus.choices, method="by_status"
    )
    mine = django_filters.ChoiceFilter(
        label=_("Whose"), choices=[("me", _("Mine"))], empty_label=_("Everybody's"), method="only_mine"
    )

    @classmethod
    def filter_for_field(cls, field: Field, field_name: str, lookup_expr: str | None = None) -> Any:
        found = super().filter_for_field(field, field_name, lookup_expr)
        if isinstance(found, django_filters.ModelChoiceFilter):
            found.queryset = without_trashed(found.queryset)
        return found

    def by_status(self, content: QuerySet, name: str, value: str) -> QuerySet:
        return with_status(content, value)

    def only_mine(self, content: QuerySet, name: str, value: str) -> QuerySet:
        """What the person made or changed last."""
        user = self.request.user
        mine = Q(latest_revision__user=user)
        return content.filter(mine | Q(owner=user) if issubclass(content.model, Page) else mine)


class ContentFilterSet(StatusFilters, PageFilterSet):
    """For lists of one type of pages; a list adds filters of its own below these, in `Meta.fields`."""

    has_child_pages = None
