"""Home pages in imports and exports."""

from __future__ import annotations

from typing import Any

from cms.exchange.columns import Exchange
from cms.exchange.registry import register
from cms.exchange.resources import PageResource
from home.models import HomePage
from home.setting_up import in_place_of_welcome_page


class HomeResource(PageResource):
    """On a new server the first one takes the place of Wagtail's welcome page."""

    def place(self, instance: Any, record: dict[str, Any], exchange: Exchange) -> None:
        with in_place_of_welcome_page(instance):
            super().place(instance, record, exchange)


register(HomeResource("home", HomePage, order=39))
