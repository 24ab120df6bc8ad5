from __future__ import annotations

from typing import Any

import wagtail_factories
from wagtail.models import Page, Site

from home.models import HomePage, SiteSettings


class HomePageFactory(wagtail_factories.PageFactory):
    """The home page of the default site; made once, found again by later calls."""

    class Meta:
        model = HomePage

    title = "Trang chủ"
    slug = "trang-chu"

    @classmethod
    def _create(cls, model_class: type[HomePage], *args: Any, **kwargs: Any) -> HomePage:
        if found := HomePage.objects.filter(slug=kwargs.get("slug"), locale__language_code="vi").first():
            return found
        kwargs["parent"] = Page.get_first_root_node()
        home = super()._create(model_class, *args, **kwargs)
        Site.objects.update(is_default_site=False)
        _site, _made = Site.objects.update_or_create(
            hostname="localhost", defaults={"root_page": home, "is_default_site": True, "port": 80}
        )
        return home


def settings_of(home: HomePage) -> SiteSettings:
    """The settings of the site that a home page is the root of."""
    return SiteSettings.for_site(Site.objects.get(root_page=home))
