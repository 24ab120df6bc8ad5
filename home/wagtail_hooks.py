"""The portal's settings and menus in the admin."""

from __future__ import annotations

from wagtail import hooks

from cms.content.setting_forms import SettingsViewSet
from home.models import SiteSettings


@hooks.register("register_admin_viewset")
def settings_form() -> SettingsViewSet:
    return SettingsViewSet(model=SiteSettings)
