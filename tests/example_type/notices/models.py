"""A content type as small as one can be: notices below the home page."""

from __future__ import annotations

from django.db import models
from grapple.models import GraphQLString
from wagtail.admin.panels import FieldPanel

from cms.content.models import BasePage
from cms.content.streamfield import BodyField


class NoticePage(BasePage):
    """A notice."""

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    reference = models.CharField("số hiệu", max_length=50)
    valid_until = models.DateField("có hiệu lực đến")
    body = BodyField(verbose_name="nội dung", blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("reference"),
        FieldPanel("valid_until"),
        FieldPanel("body"),
    ]

    graphql_fields = [GraphQLString("reference", required=True, description="The notice's number.")]

    class Meta:
        verbose_name = "thông báo"
