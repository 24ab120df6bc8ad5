"""Links that editors write: addresses that cannot carry scripts."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ADDRESS = re.compile(
    r"(?:https?://[^\s/?#\\]+[^\s\\]*|mailto:[^\s]+@[^\s]+|tel:\+?[\d .-]+|/(?![/\\])[^\s\\]*)"
)


def validate_address(value: str) -> None:
    """Refuse what is no web address, path, e-mail address or telephone number."""
    if not ADDRESS.fullmatch(value):
        message = _("Write an address with https://, a path with / before it, mailto: or tel:.")
        raise ValidationError(message, code="bad_address")
