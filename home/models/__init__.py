from __future__ import annotations

from home.models.menus import FooterItem, MenuItem, MenuSubitem
from home.models.pages import HomePage
from home.models.settings import SiteSettings, SiteTranslation, SocialLink

__all__ = [
    "FooterItem",
    "HomePage",
    "MenuItem",
    "MenuSubitem",
    "SiteSettings",
    "SiteTranslation",
    "SocialLink",
]
