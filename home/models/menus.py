"""Menus of two levels: items are pages of the portal or addresses elsewhere."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from cms.content.links import validate_address
from home.models.settings import SiteSettings

ONE_TARGET = Q(page__isnull=False, url="") | (Q(page__isnull=True) & ~Q(url=""))


class MenuLink(models.Model):
    """A page or an address, exactly one of them, with a title of its own where it needs one."""

    title = models.CharField(
        _("title"), max_length=100, blank=True, help_text=_("Left empty, the page's title.")
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    url = models.CharField(_("address"), max_length=500, blank=True, validators=[validate_address])
    open_in_new_tab = models.BooleanField(_("opens in a new tab"), default=False)

    panels = [
        FieldPanel("page"),
        FieldRowPanel([FieldPanel("url"), FieldPanel("title")]),
        FieldPanel("open_in_new_tab"),
    ]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title or self.url

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) is bool(self.url):
            raise ValidationError(_("Choose a page or write an address: one of the two."), code="one_target")
        if self.url and not self.title:
            raise ValidationError({"title": _("An address needs a title.")})


class MenuItem(MenuLink, ClusterableModel, Orderable):
    """An item of the main menu."""

    settings = ParentalKey(SiteSettings, related_name="main_menu_items", on_delete=models.CASCADE)

    panels = [*MenuLink.panels, InlinePanel("subitems", label=_("Items below"))]

    class Meta(Orderable.Meta):
        verbose_name = _("menu item")
        constraints = [models.CheckConstraint(condition=ONE_TARGET, name="menu_item_has_one_target")]


class MenuSubitem(MenuLink, Orderable):
    """An item below one of the main menu."""

    item = ParentalKey(MenuItem, related_name="subitems", on_delete=models.CASCADE)

    class Meta(Orderable.Meta):
        verbose_name = _("item below")
        constraints = [models.CheckConstraint(condition=ONE_TARGET, name="menu_subitem_has_one_target")]


class FooterItem(MenuLink, Orderable):
    """An item of the footer's menu."""

    settings = ParentalKey(SiteSettings, related_name="footer_menu_items", on_delete=models.CASCADE)

    class Meta(Orderable.Meta):
        verbose_name = _("footer item")
        constraints = [models.CheckConstraint(condition=ONE_TARGET, name="footer_item_has_one_target")]
