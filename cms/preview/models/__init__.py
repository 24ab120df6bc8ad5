from __future__ import annotations

from cms.preview.models.previews import Preview
from cms.preview.models.shares import ShareLink

__all__ = ["Preview", "ShareLink"]
