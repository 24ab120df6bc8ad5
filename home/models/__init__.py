from __future__ import annotations

from home.models.menus import FooterItem, MenuItem, MenuSubitem
from home.models.pages import HomePage
from home.models.settings import SiteSettings, SiteTranslation, SocialLink
from home.models.visits import DailyVisits, PageView, VisitBuffer, Visitor

__all__ = [
    "DailyVisits",
    "FooterItem",
    "HomePage",
    "MenuItem",
    "MenuSubitem",
    "PageView",
    "SiteSettings",
    "SiteTranslation",
    "SocialLink",
    "VisitBuffer",
    "Visitor",
]
