"""Notices in imports and exports."""

from __future__ import annotations

from cms.exchange.registry import register
from cms.exchange.resources import PageResource
from tests.example_type.notices.models import NoticePage

register(PageResource("notice", NoticePage))
