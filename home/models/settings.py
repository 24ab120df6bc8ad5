"""What a portal says of itself on every page."""

from __future__ import annotations

from django.conf import settings as django_settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.contrib.settings.models import register_setting
from wagtail.models import Orderable, Revision

from cms.content.links import WebAddressField
from cms.content.setting_drafts import SettingsWithDrafts


def other_languages() -> list[tuple[str, str]]:
    """The languages of content beside the first, in which the settings themselves are written."""
    return [
        each for each in django_settings.WAGTAIL_CONTENT_LANGUAGES if each[0] != django_settings.LANGUAGE_CODE
    ]


@register_setting(icon="site")
class SiteSettings(SettingsWithDrafts):
    """Name, contacts and menus of a site."""

    name = models.CharField(_("name of the portal"), max_length=300, blank=True)
    organization = models.CharField(_("organisation"), max_length=300, blank=True)
    hotline = models.CharField(_("hotline"), max_length=50, blank=True)
    address = models.CharField(_("address"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    logo = models.ForeignKey(
        "media.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    copyright = models.CharField(_("copyright line"), max_length=500, blank=True)
    # As Vietnamese portals say it at the foot of each page.
    responsible = models.CharField(
        _("responsible for the content"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text=_("Name and office of the person, as at the foot of each page."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text=_("Number, day and issuer of the licence of the portal."),
    )
    source_note = models.CharField(
        _("note on the source"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text=_("What whoever publishes content of the portal again has to say."),
    )

    _revisions = GenericRelation(Revision, related_query_name="site_settings")

    identity_panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("organization"), FieldPanel("logo")], heading=_("Who we are")
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("hotline"), FieldPanel("email")]), FieldPanel("address")],
            heading=_("Contacts"),
        ),
        InlinePanel("social_links", label=_("Social networks")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("copyright", "responsible", "licence", "source_note")],
            heading=_("At the foot of each page"),
        ),
        InlinePanel("translations", label=_("In other languages"), max_num=len(other_languages())),
    ]
    menu_panels = [
        InlinePanel("main_menu_items", label=_("Main menu")),
        InlinePanel("footer_menu_items", label=_("Footer menu")),
    ]
    edit_handler = TabbedInterface(
        [ObjectList(identity_panels, heading=_("Portal")), ObjectList(menu_panels, heading=_("Menus"))]
    )

    class Meta:
        verbose_name = _("portal")
        verbose_name_plural = _("portals")

    def __str__(self) -> str:
        return capfirst(super().__str__())


class SiteTranslation(models.Model):
    """What a site says of itself in another language; what is left empty is said in the first."""

    #: Texts of SiteSettings that can be said in several languages.
    TEXTS = ("name", "organization", "address", "copyright", "responsible", "licence", "source_note")

    settings = ParentalKey(SiteSettings, related_name="translations", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=20, choices=other_languages)
    name = models.CharField(_("name of the portal"), max_length=300, blank=True)
    organization = models.CharField(_("organisation"), max_length=300, blank=True)
    address = models.CharField(_("address"), max_length=500, blank=True)
    copyright = models.CharField(_("copyright line"), max_length=500, blank=True)
    responsible = models.CharField(
        _("responsible for the content"), max_length=300, blank=True, default="", db_default=""
    )
    licence = models.CharField(_("licence"), max_length=300, blank=True, default="", db_default="")
    source_note = models.CharField(
        _("note on the source"), max_length=300, blank=True, default="", db_default=""
    )

    panels = [FieldPanel("language"), *(FieldPanel(name) for name in TEXTS)]

    class Meta:
        verbose_name = _("portal in another language")
        constraints = [
            models.UniqueConstraint(fields=["settings", "language"], name="one_site_translation_per_language")
        ]

    def __str__(self) -> str:
        return self.get_language_display()


class SocialLink(Orderable):
    """The portal at a social network."""

    class Platform(models.TextChoices):
        FACEBOOK = "facebook", "Facebook"
        ZALO = "zalo", "Zalo"
        YOUTUBE = "youtube", "YouTube"
        TIKTOK = "tiktok", "TikTok"
        LINKEDIN = "linkedin", "LinkedIn"

    settings = ParentalKey(SiteSettings, related_name="social_links", on_delete=models.CASCADE)
    platform = models.CharField(_("network"), max_length=20, choices=Platform.choices)
    url = WebAddressField(_("address"))

    panels = [FieldRowPanel([FieldPanel("platform"), FieldPanel("url")])]

    class Meta(Orderable.Meta):
        verbose_name = _("social network")
