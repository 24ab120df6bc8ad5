"""The report on deliveries: what was sent where, what the receiver said, and "send again"."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import log

from cms.events.admin.permissions import SEE, policy
from cms.events.delivery.runs import send_again
from cms.events.models import Delivery, DeliveryState
from cms.events.types import TEST, TYPES
from cms.operations.dates import moment


class DeliveryFilterSet(WagtailFilterSet):
    type = django_filters.ChoiceFilter(
        label=_("Event"), field_name="event__type", choices=lambda: [(name, name) for name in (*TYPES, TEST)]
    )

    class Meta:
        model = Delivery
        fields = ["state", "webhook", "type"]


class DeliveriesView(ReportView):
    """Deliveries, the newest first."""

    page_title = _("Webhook deliveries")
    header_icon = "resubmit"
    model = Delivery
    filterset_class = DeliveryFilterSet
    permission_policy = policy
    any_permission_required = SEE
    index_url_name = "events_deliveries"
    index_results_url_name = "events_deliveries_results"
    default_ordering = "-event__created_at"
    list_export: ClassVar[list[str]] = [
        "event.message_id",
        "event.type",
        "event.created_at",
        "webhook.name",
        "state",
        "attempts",
        "attempted_at",
        "status",
        "problem",
    ]
    columns: ClassVar[list[Column]] = [
        TitleColumn(
            "event__type",
            label=_("Event"),
            accessor="event.type",
            get_url=lambda delivery: reverse("events_delivery", args=[delivery.pk]),
        ),
        Column("subject", label=_("About"), accessor="event.subject"),
        Column("webhook", label=_("Webhook"), accessor="webhook.name", sort_key="webhook__name"),
        Column(
            "event__created_at",
            label=_("Time"),
            accessor=lambda delivery: moment(delivery.event.created_at),
            sort_key="event__created_at",
        ),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor=lambda delivery: delivery.get_state_display(),
            primary=lambda delivery: delivery.state == DeliveryState.DELIVERED,
        ),
        Column("status", label=_("Answer"), accessor=lambda delivery: delivery.status or "–"),
        NumberColumn("attempts", label=_("Attempts"), sort_key="attempts"),
    ]

    def get_base_queryset(self) -> QuerySet:
        return Delivery.objects.select_related("event", "webhook")

    def get_filename(self) -> str:
        return f"webhook-deliveries-{timezone.localdate():%Y-%m-%d}"


class DeliveryView(WagtailAdminTemplateMixin, TemplateView):
    """One delivery: the request, the answer, and the button that sends it again."""

    template_name = "events/delivery.html"
    page_title = _("Delivery")
    header_icon = "resubmit"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policy.user_has_any_permission(request.user, SEE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def delivery(self) -> Delivery:
        return get_object_or_404(Delivery.objects.select_related("event", "webhook"), pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        if self.delivery.webhook.is_active:
            send_again(self.delivery)
            log(self.delivery.webhook, "events.sent_again", data={"event": self.delivery.event.message_id})
            messages.success(request, gettext("It is sent again, with the same id."))
        else:
            messages.error(request, gettext("The webhook is not active: nothing is sent."))
        return redirect("events_delivery", self.delivery.pk)

    def get_page_subtitle(self) -> str:
        return f"{self.delivery.event.type} → {self.delivery.webhook}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("events_deliveries"), "label": gettext("Webhook deliveries")},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        delivery = self.delivery
        is_waiting = delivery.state == DeliveryState.WAITING
        return {
            **super().get_context_data(**kwargs),
            "delivery": delivery,
            "body": json.dumps(delivery.event.payload, ensure_ascii=False, indent=2, sort_keys=True),
            "created_at": moment(delivery.event.created_at),
            "attempted_at": moment(delivery.attempted_at) if delivery.attempted_at else "",
            "next_attempt_at": moment(delivery.next_attempt_at) if is_waiting else "",
            "may_send": policy.user_has_permission(self.request.user, "change"),
        }


class DeliveriesMenuItem(MenuItem):
    """The report's place in the menu."""

    def is_shown(self, request: Any) -> bool:
        return policy.user_has_any_permission(request.user, SEE)


def menu_item() -> MenuItem:
    """For the menu of reports."""
    return DeliveriesMenuItem(
        _("Webhook deliveries"),
        reverse("events_deliveries"),
        name="webhook-deliveries",
        icon_name="resubmit",
        order=960,
    )


def addresses() -> list[URLPattern]:
    """Where the report and each delivery are."""
    results = DeliveriesView.as_view(results_only=True)
    return [
        path("reports/webhook-deliveries/", DeliveriesView.as_view(), name="events_deliveries"),
        path("reports/webhook-deliveries/results/", results, name="events_deliveries_results"),
        path("reports/webhook-deliveries/<int:pk>/", DeliveryView.as_view(), name="events_delivery"),
    ]
