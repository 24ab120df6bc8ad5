"""Menus of two levels: items are pages of the portal or addresses elsewhere, or headings of what stands below them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.deletion import CASCADE, Collector
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, Page

from cms.content.links import validate_address
from home.models.settings import SiteSettings

ONE_TARGET = Q(page__isnull=False, url="") | (Q(page__isnull=True) & ~Q(url=""))
ONE_TARGET_AT_MOST = Q(page__isnull=True) | Q(url="")


def keep_submenus(collector: Collector, field: models.Field, items: Any, using: str) -> None:
    """For `on_delete`: an item goes with its page, unless others stand below it. Then it stays, as their heading."""
    headings = {subitem.item_id for subitem in MenuSubitem.objects.using(using).filter(item__in=items)}
    titles = {item.pk: item.title or item.page.title for item in items if item.pk in headings}
    for item in items:
        if item.pk in titles:
            collector.add_field_update(item._meta.get_field("title"), titles[item.pk][:100], [item])
            collector.add_field_update(field, None, [item])
    CASCADE(collector, field, [item for item in items if item.pk not in titles], using)


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

    @property
    def is_heading(self) -> bool:
        """Whether it leads nowhere, and only says what stands below it."""
        return False

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) is bool(self.url) and not self.is_heading:
            raise ValidationError(_("Choose a page or write an address: one of the two."), code="one_target")
        if self.url and not self.title:
            raise ValidationError({"title": _("An address needs a title.")})


class MenuItem(MenuLink, ClusterableModel, Orderable):
    """An item of the main menu; one with a title alone is the heading of those below it."""

    settings = ParentalKey(SiteSettings, related_name="main_menu_items", on_delete=models.CASCADE)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=keep_submenus,
        related_name="+",
        help_text=_("With neither a page nor an address, the title is the heading of the items below."),
    )

    panels = [*MenuLink.panels, InlinePanel("subitems", label=_("Items below"))]

    class Meta(Orderable.Meta):
        verbose_name = _("menu item")
        constraints = [
            models.CheckConstraint(condition=ONE_TARGET_AT_MOST, name="menu_item_has_one_target_at_most")
        ]

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> MenuItem | None:
        """As modelcluster's, which knows no `on_delete` but Django's: an item whose page is gone has none."""
        if data.get("page") and not Page.objects.filter(pk=data["page"]).exists():
            data = {**data, "page": None}
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)

    @property
    def is_heading(self) -> bool:
        return bool(self.title) and self.page_id is None and not self.url


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
