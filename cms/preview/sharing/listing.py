"""The report on share links: who shared what, until when, and how often it was opened."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Case, Q, QuerySet, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import (
    Column,
    NumberColumn,
    StatusTagColumn,
    TitleColumn,
    UserColumn,
)
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import ListingButton
from wagtail.models import Page, RevisionMixin
from wagtail.permissions import page_permission_policy, policy_registry
from wagtail.snippets.models import get_snippet_models

from cms.content.known_types import content_of
from cms.operations.dates import moment
from cms.preview.models import ShareLink
from cms.preview.models.shares import ShareLinkState


def links_for(user: Any) -> QuerySet:
    """The links that somebody may see and revoke: their own, and all to what they may edit."""
    links = ShareLink.objects.select_related("revision__content_type", "maker")
    if user.is_superuser:
        return links
    is_page = Q(revision__base_content_type=ContentType.objects.get_for_model(Page))
    # A revision keeps its object's id as text; pages' are numbers.
    numbered = links.annotate(
        page_id=Case(When(is_page, then=Cast("revision__object_id", BigIntegerField())))
    )
    pages = page_permission_policy.instances_user_has_permission_for(user, "change").values("pk")
    return numbered.filter(
        Q(maker=user) | Q(page_id__in=pages) | Q(revision__content_type__in=_editable_snippets(user))
    )


def _editable_snippets(user: Any) -> list[ContentType]:
    models = [model for model in get_snippet_models() if issubclass(model, RevisionMixin)]
    editable = [
        model for model in models if policy_registry.get_by_type(model).user_has_permission(user, "change")
    ]
    return list(ContentType.objects.get_for_models(*editable).values())


class ShareLinkFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=ShareLinkState.choices, method="in_state")

    class Meta:
        model = ShareLink
        fields = ["state"]

    def in_state(self, links: QuerySet, name: str, value: str) -> QuerySet:
        return links.in_state(ShareLinkState(value))


class SharedColumn(TitleColumn):
    """What is shown, with what can be done about it below."""

    def get_cell_context_data(self, link: ShareLink, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_cell_context_data(link, parent_context)
        if link.is_open:
            address = reverse("preview_revoke_share", args=[link.pk])
            context["buttons"] = [ListingButton(_("Revoke"), address, icon_name="cross")]
        return context


class ShareLinksView(ReportView):
    """Share links, the newest first."""

    page_title = _("Share links")
    header_icon = "link-external"
    model = ShareLink
    filterset_class = ShareLinkFilterSet
    index_url_name = "preview_shares"
    index_results_url_name = "preview_shares_results"
    default_ordering = "-made_at"
    list_export = ["__str__", "note", "maker", "made_at", "expires_at", "opened", "last_opened_at"]

    @cached_property
    def columns(self) -> list[Column]:
        finder = AdminURLFinder(self.request.user)
        return [
            SharedColumn(
                "revision__object_str",
                label=_("What is shared"),
                accessor="revision.object_str",
                get_url=lambda link: finder.get_edit_url(content_of(link.revision)),
            ),
            Column("revision", label=_("Version"), accessor=lambda link: moment(link.revision.created_at)),
            Column("note", label=_("For whom")),
            UserColumn("maker", label=_("Made by")),
            Column(
                "expires_at",
                label=_("Until"),
                accessor=lambda link: moment(link.expires_at),
                sort_key="expires_at",
            ),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor=lambda link: link.state.label,
                primary=lambda link: link.is_open,
            ),
            Column(
                "password",
                label=_("Password"),
                accessor=lambda link: _("yes") if link.password else _("no"),
            ),
            NumberColumn("opened", label=_("Opened"), sort_key="opened"),
            Column(
                "last_opened_at",
                label=_("Last opened"),
                accessor=lambda link: moment(link.last_opened_at),
                sort_key="last_opened_at",
            ),
        ]

    def get_base_queryset(self) -> QuerySet:
        return links_for(self.request.user)

    def get_filename(self) -> str:
        return f"share-links-{timezone.localdate():%Y-%m-%d}"
