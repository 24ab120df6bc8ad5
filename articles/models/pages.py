"""Articles: the news, notices and texts of the portal, and the lists that they stand in."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLBoolean, GraphQLString
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.models import Orderable
from wagtail.search import index

from cms.content.alphabetical import AlphabeticalKeyField
from cms.content.counters import WORDS, counted
from cms.content.links import WebAddressField
from cms.content.models import BasePage
from cms.content.streamfield import BodyField
from cms.content.suggestions import suggested
from cms.media.alt_text import validate_alt_text
from cms.operations.dates import as_utc

#: Characters of a sapo that cards and lists show.
SUMMARY = 300


class ArticleIndexPage(BasePage):
    """A list of articles."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["articles.ArticlePage"]
    page_description = _("A list of articles. Put the articles themselves below it.")
    change_frequency = "daily"

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    graphql_fields = [
        GraphQLString("introduction", required=True, description="What stands above the list; may be empty."),
    ]

    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("article list")
        verbose_name_plural = _("article lists")


class ArticleTag(TaggedItemBase):
    """A tag of an article."""

    content_object = ParentalKey(
        "articles.ArticlePage", related_name="tagged_items", on_delete=models.CASCADE
    )


class ArticlePage(BasePage):
    """An article, with date, author and source."""

    parent_page_types = ["articles.ArticleIndexPage"]
    subpage_types: list[str] = []
    page_description = _("News, a notice or any other text with a date, an author and a source.")
    social_image_fallback = "hero_image"
    json_ld_type = "NewsArticle"

    summary = models.TextField(
        _("summary"),
        max_length=1000,
        blank=True,
        help_text=_("The sapo: two or three sentences above the text."),
    )
    hero_image = models.ForeignKey(
        "media.Image",
        verbose_name=_("main picture"),
        validators=[validate_alt_text],
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = BodyField(verbose_name=_("article text"), blank=True)
    published_at = models.DateTimeField(
        _("date shown"),
        default=timezone.now,
        help_text=_(
            "The date that readers see and that lists are ordered by. To publish later, use the schedule."
        ),
    )
    author = models.CharField(_("author"), max_length=200, blank=True)
    source = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("The office or paper it comes from.")
    )
    source_url = WebAddressField(_("address of the source"), blank=True)
    category = models.ForeignKey(
        "articles.ArticleCategory",
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="articles",
    )
    campaign = models.ForeignKey(
        "campaigns.CampaignPage",
        verbose_name=_("campaign"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="articles",
        help_text=_("The campaign that the article reports on."),
    )
    tags = ClusterTaggableManager(through=ArticleTag, blank=True, verbose_name=_("tags"))
    featured = models.BooleanField(
        _("featured"), default=False, help_text=_("Shown at the top of the home page.")
    )
    title_key = AlphabeticalKeyField(of="title")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary", attrs={**counted(SUMMARY), **suggested("body", SUMMARY)}),
        FieldPanel("hero_image"),
        FieldPanel("body", attrs=WORDS),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("published_at"), FieldPanel("author")]),
                FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")]),
            ],
            heading=_("Date, author and source"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("category"), FieldPanel("campaign")]),
                FieldPanel("tags"),
                FieldPanel("featured"),
            ],
            heading=_("Where it belongs"),
        ),
        MultipleChooserPanel("attachments", chooser_field_name="document", label=_("Attachments")),
        MultipleChooserPanel(
            "legal_document_links", chooser_field_name="legal_document", label=_("Legal documents")
        ),
    ]

    graphql_fields = [
        GraphQLString("summary", required=True, description="The sapo; may be empty."),
        GraphQLString("author", required=True, description="Who wrote it; may be empty."),
        GraphQLString(
            "source", required=True, description="The office or paper that it comes from; may be empty."
        ),
        GraphQLBoolean("featured", required=True, description="Whether editors want it at the top."),
    ]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.SearchField("author"),
        index.FilterField("published_at"),
        index.FilterField("featured"),
        index.FilterField("category"),
        index.FilterField("campaign"),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            models.Index(fields=["-published_at", "-page_ptr"], name="article_newest"),
            models.Index(
                fields=["category", "-published_at", "-page_ptr"], name="article_newest_in_category"
            ),
            models.Index(
                fields=["campaign", "-published_at", "-page_ptr"], name="article_newest_in_campaign"
            ),
            models.Index(
                fields=["-published_at", "-page_ptr"],
                condition=Q(featured=True),
                name="article_newest_featured",
            ),
            models.Index(fields=["author", "-published_at", "-page_ptr"], name="article_newest_of_author"),
            models.Index(fields=["title_key", "page_ptr"], name="article_by_title"),
            models.Index(fields=["author", "title_key", "page_ptr"], name="article_by_title_of_author"),
            models.Index(fields=["category", "title_key", "page_ptr"], name="article_by_title_in_category"),
            models.Index(fields=["campaign", "title_key", "page_ptr"], name="article_by_title_in_campaign"),
        ]

    def json_ld(self, *, address: str) -> dict[str, Any]:
        about = super().json_ld(address=address)
        about |= {"headline": self.title, "datePublished": as_utc(self.published_at)}
        if self.last_published_at:
            about["dateModified"] = as_utc(self.last_published_at)
        if self.summary:
            about["description"] = self.summary
        if self.author:
            about["author"] = {"@type": "Person", "name": self.author}
        if self.source:
            about["publisher"] = {"@type": "Organization", "name": self.source}
        return about


class ArticleAttachment(Orderable):
    """A file that goes with an article."""

    article = ParentalKey(ArticlePage, related_name="attachments", on_delete=models.CASCADE)
    document = models.ForeignKey(
        "media.Document", verbose_name=_("document"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("attachment")


class ArticleLegalDocument(Orderable):
    """A legal document that an article cites."""

    article = ParentalKey(ArticlePage, related_name="legal_document_links", on_delete=models.CASCADE)
    legal_document = models.ForeignKey(
        "content.LegalDocument", verbose_name=_("legal document"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("legal_document")]

    class Meta(Orderable.Meta):
        verbose_name = _("legal document")
