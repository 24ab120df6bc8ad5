"""Resources: how objects of one type are found, written and read."""

from __future__ import annotations

from cms.exchange.resources.drafts import DraftResource
from cms.exchange.resources.models import ModelResource, Outcome
from cms.exchange.resources.pages import PageResource

__all__ = ["DraftResource", "ModelResource", "Outcome", "PageResource"]
