"""Groups under which the editor offers blocks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TEXT = _("Text")
MEDIA = _("Pictures, videos and files")
INTERACTIVE = _("Polls, maps and buttons")
