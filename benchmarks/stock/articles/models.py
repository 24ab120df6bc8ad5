from __future__ import annotations

from django.db import models
from grapple.models import GraphQLForeignKey, GraphQLString
from wagtail.api import APIField
from wagtail.models import Page

from benchmarks.stock.campaigns.models import CampaignPage


class ArticlePage(Page):
    """The columns of our articles that the compared requests read."""

    published_at = models.DateTimeField()
    summary = models.TextField()
    author = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    # As text: to expand it costs stock grapple much more, and it fails on blocks of blocks.
    body = models.TextField()
    campaign = models.ForeignKey(CampaignPage, null=True, on_delete=models.SET_NULL, related_name="+")

    graphql_fields = [
        GraphQLString("published_at"),
        GraphQLString("summary"),
        GraphQLString("author"),
        GraphQLString("source"),
        GraphQLString("body"),
        GraphQLForeignKey("campaign", CampaignPage),
    ]
    api_fields = [
        APIField("published_at"),
        APIField("summary"),
        APIField("author"),
        APIField("source"),
        APIField("body"),
        APIField("campaign"),
    ]

    class Meta:
        managed = False
        db_table = "articles_articlepage"
