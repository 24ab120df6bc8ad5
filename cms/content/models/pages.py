"""The page that every page type of the portal is made from."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.panels.base import Panel
from wagtail.models import Page

from cms.content.copying import CopyWithinLanguageForm
from cms.content.links import WebAddressField
from cms.content.publishing import PublishedWhole
from cms.preview.frontends import live_root
from cms.preview.mixins import PreviewableContent
from cms.search.editors import folded_search_field


class BasePage(PublishedWhole, PreviewableContent, Page):
    """Title, address and what search engines and social networks are told.

    A page type adds its fields and says, where its subject is more than a web page, what schema.org calls it.
    """

    social_image = models.ForeignKey(
        "media.Image",
        verbose_name=_("social image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown when the page is shared. Left empty, the page's main picture is used."),
    )
    canonical_url = WebAddressField(
        _("canonical address"),
        blank=True,
        help_text=_("Only when this text was first published at another address."),
    )
    robots_noindex = models.BooleanField(
        _("keep out of search engines"),
        default=False,
        help_text=_("Readers can still open the page; search engines are asked not to list it."),
    )

    #: Foreign key of the page type that stands in for an empty social image.
    social_image_fallback: ClassVar[str | None] = None
    #: Type of the page's subject at https://schema.org.
    json_ld_type: ClassVar[str] = "WebPage"

    copy_form_class = CopyWithinLanguageForm

    promote_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("canonical_url"),
                FieldPanel("robots_noindex"),
            ],
            heading=_("For search engines"),
        ),
        MultiFieldPanel([FieldPanel("social_image")], heading=_("When shared")),
        MultiFieldPanel([FieldPanel("show_in_menus")], heading=_("In menus")),
    ]

    search_fields = [*Page.search_fields, folded_search_field()]

    class Meta:
        abstract = True

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str | None, str | None] | None:
        """As Wagtail's, with the frontend in place of the host name that the site has in the admin."""
        parts = super().get_url_parts(request)
        if parts is None or parts[1] is None:
            return parts
        site_id, root_url, path = parts
        sites = {root.site_id for root in self._get_site_root_paths(request)}
        return site_id, live_root(site_id, root_url, sites), path

    def get_url(self, request: HttpRequest | None = None, current_site: Any = None) -> str | None:
        """The whole address: the admin, which asks for it, is no part of the site that readers see."""
        return self.get_full_url(request)

    # Wagtail's properties hold on to its own methods.
    url = property(get_url)
    full_url = property(Page.get_full_url)

    def json_ld(self, *, address: str) -> dict[str, Any]:
        """What the page's subject is, as a schema.org object; `address` is the page's absolute URL.

        Only columns of the page itself may be read: lists call this for every row.
        """
        about = {"@type": self.json_ld_type, "@id": address, "url": address, "name": self.title}
        if self.search_description:
            about["description"] = self.search_description
        return about
