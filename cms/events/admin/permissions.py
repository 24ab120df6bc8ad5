"""Who may see and change webhooks: Wagtail's permissions on the model."""

from __future__ import annotations

from wagtail.permission_policies import ModelPermissionPolicy

from cms.events.models import Webhook

#: Any of these shows webhooks and deliveries.
SEE = ["add", "change", "delete", "view"]
policy = ModelPermissionPolicy(Webhook)
