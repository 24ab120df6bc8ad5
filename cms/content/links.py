"""Addresses that editors write: none that a browser would run as a script.

Forms refuse them, and the endpoint asks `safe_address` once more: imports, old revisions and shells write past forms.
"""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

ADDRESS = re.compile(
    r"(?:https?://[^\s/?#\\]|mailto:[^\s@]+@|/(?![/\\]))[^\s\\\"<>\x00-\x1f\x7f]*|/|tel:\+?[\d .-]+",
    re.IGNORECASE,
)
WEB = re.compile(r"https?://", re.IGNORECASE)


def safe_address(value: Any) -> str | None:
    """`value` where it is a web address, a path, an e-mail address or a telephone number; else None."""
    return value if isinstance(value, str) and ADDRESS.fullmatch(value) else None


def validate_address(value: str) -> None:
    """Refuse what is no web address, path, e-mail address or telephone number."""
    if not safe_address(value):
        message = _("Write an address with https://, a path with / before it, mailto: or tel:.")
        raise ValidationError(message, code="bad_address")


def validate_web_address(value: str) -> None:
    """Refuse what is no address with http or https."""
    if not (WEB.match(value) and safe_address(value)):
        raise ValidationError(_("An address here begins with http:// or https://."), code="bad_scheme")


class WebAddressField(models.URLField):
    """An address with http or https; Django's own field takes ftp, too. In migrations it is Django's."""

    default_validators = [*models.URLField.default_validators, validate_web_address]

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs
