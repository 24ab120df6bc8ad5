"""The form of a webhook."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.events.models import Webhook
from cms.events.types import TYPES


def choices() -> list[tuple[str, Any]]:
    """Types of events, each with what it means."""
    return [(name, f"{label} ({name})") for name, label in TYPES.items()]


class WebhookForm(WagtailAdminModelForm):
    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Begins with https://. Redirects are not followed."),
    )
    events = forms.MultipleChoiceField(
        label=_("Events"), choices=choices, widget=forms.CheckboxSelectMultiple, required=True
    )

    class Meta:
        model = Webhook
        fields = ["name", "url", "events", "is_active"]

    def clean_url(self) -> str:
        """An address that could be asked; which machine it names is looked up each time that it is."""
        url: str = self.cleaned_data["url"]
        parts = urlsplit(url)
        if parts.scheme != "https" and not settings.CMS_WEBHOOK_NETWORKS:
            raise ValidationError(_("The address must begin with https://."))
        if parts.username or parts.password or parts.fragment:
            raise ValidationError(_("The address must have no user name, password or # part."))
        return url
