"""What feeds call the portal."""

from __future__ import annotations

from cms.feeds.registry import call_sites

call_sites("name(locale: $locale)")
