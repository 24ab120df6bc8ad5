"""Webhooks in the admin's settings. A secret is shown once: when it is made."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView, WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from cms.events import types
from cms.events.admin.forms import WebhookForm
from cms.events.admin.permissions import policy
from cms.events.models import OVERLAP, Webhook
from cms.events.outbox import record_for
from cms.events.signing import secret_of


def secret_shown(request: HttpRequest, webhook: Webhook, *, context: dict[str, Any]) -> HttpResponse:
    """The page with a new secret, which no cache keeps."""
    context |= {
        "webhook": webhook,
        "secret": secret_of(webhook),
        "hours": OVERLAP.total_seconds() // 3600,
    }
    response = render(request, "events/secret.html", context)
    response["Cache-Control"] = "no-store"
    return response


def state_of(webhook: Webhook) -> str:
    """How deliveries go, in a word."""
    queue = getattr(webhook, "queue", None)
    if queue and queue.failures:
        return gettext("does not answer")
    return gettext("fine")


class WebhookCreateView(CreateView):
    """The form of a new webhook, and then its secret."""

    def save_action(self) -> HttpResponse:
        return secret_shown(self.request, self.object, context=self.get_context_data())


class WebhookEditView(EditView):
    """The form of a webhook, with what else can be done with it."""

    @cached_property
    def header_more_buttons(self) -> list[HeaderButton]:
        def button(label: Any, name: str, icon: str, priority: int) -> HeaderButton:
            return HeaderButton(
                label=label, url=reverse(name, args=[self.object.pk]), icon_name=icon, priority=priority
            )

        return [
            *super().header_more_buttons,
            button(_("New secret"), "events_rotate", "key", 60),
            button(_("Send a test"), "events_test", "mail", 70),
        ]


class WebhookIndexView(IndexView):
    """All webhooks."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("queue")


class WebhookViewSet(ModelViewSet):
    model = Webhook
    icon = "resubmit"
    menu_label = _("Webhooks")
    menu_order = 900
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = WebhookIndexView
    add_view_class = WebhookCreateView
    edit_view_class = WebhookEditView
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("url", label=_("Address")),
        Column("events", label=_("Events"), accessor=lambda webhook: ", ".join(webhook.events)),
        BooleanColumn("is_active", label=_("Active")),
        Column("state", label=_("State"), accessor=state_of),
    ]
    search_fields = ["name"]
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type[WebhookForm]:
        return WebhookForm


class WebhookActionView(WagtailAdminTemplateMixin, TemplateView):
    """Something that is done with one webhook, after a question."""

    header_icon = "resubmit"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def webhook(self) -> Webhook:
        return get_object_or_404(Webhook, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.webhook)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("webhook:index"), "label": gettext("Webhooks")},
            {"url": reverse("webhook:edit", args=[self.webhook.pk]), "label": str(self.webhook)},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "webhook": self.webhook,
            "hours": OVERLAP.total_seconds() // 3600,
        }


class RotateView(WebhookActionView):
    """Makes a new secret and shows it; the former one signs for a while, too."""

    template_name = "events/rotate.html"
    page_title = _("New secret")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.webhook.rotate(is_leaked="is_leaked" in request.POST)
        log(self.webhook, "events.secret_rotated")
        return secret_shown(request, self.webhook, context=self.get_context_data())


class TestView(WebhookActionView):
    """Sends an event that says nothing, to see whether the receiver takes it."""

    template_name = "events/test.html"
    page_title = _("Send a test")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.webhook.is_active:
            messages.error(request, gettext("The webhook is not active: nothing is sent."))
            return redirect("webhook:edit", self.webhook.pk)
        event = record_for(self.webhook, types.TEST, subject=f"test:{self.webhook.pk}", data={})
        return redirect("events_delivery", event.deliveries.get().pk)


def addresses() -> list[URLPattern]:
    """Where a webhook's secret is renewed and where it is tried."""
    return [
        path("webhook/<int:pk>/secret/", RotateView.as_view(), name="events_rotate"),
        path("webhook/<int:pk>/test/", TestView.as_view(), name="events_test"),
    ]
