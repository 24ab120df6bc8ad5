"""The permission policy of webhooks, and of their deliveries."""

from __future__ import annotations

from wagtail.permission_policies import ModelPermissionPolicy

from cms.events.models import Webhook

#: Any of these shows webhooks and deliveries.
SEE = ["add", "change", "delete", "view"]
policy = ModelPermissionPolicy(Webhook)
