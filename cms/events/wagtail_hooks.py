"""Webhooks in the admin."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from cms.events import objects
from cms.events.admin import deliveries, webhooks
from cms.events.admin.webhooks import WebhookViewSet


@hooks.register("register_admin_viewset")
def webhook_views() -> WebhookViewSet:
    return WebhookViewSet("webhook", url_prefix="webhook")


hooks.register("register_admin_urls", webhooks.addresses)
hooks.register("register_admin_urls", deliveries.addresses)
hooks.register("register_reports_menu_item", deliveries.menu_item)
hooks.register("before_bulk_action", objects.before_bulk_action)
hooks.register("after_bulk_action", objects.after_bulk_action)


@hooks.register("register_permissions")
def webhook_permissions() -> QuerySet:
    """What a group may be given."""
    return Permission.objects.filter(content_type__app_label="events", content_type__model="webhook")


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What is done with a webhook stands in its history."""
    actions.register_action("events.secret_rotated", _("New secret"), _("A new secret was made"))
    actions.register_action("events.sent_again", _("Send again"), _("An event was sent again"))
