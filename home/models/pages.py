from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.content.models import BasePage
from cms.content.streamfield import StreamField
from home.blocks import SectionStreamBlock


class HomePage(BasePage):
    """The page at the top of a site."""

    parent_page_types = ["wagtailcore.Page"]
    page_description = _("The first page of the portal, made of sections.")
    change_frequency = "daily"
    json_ld_type = "WebSite"

    sections = StreamField(SectionStreamBlock(), verbose_name=_("sections"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("sections")]

    search_fields = [*BasePage.search_fields, index.SearchField("sections")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
