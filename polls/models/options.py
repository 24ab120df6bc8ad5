from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from grapple.models import GraphQLString
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from polls.admin.panels import HiddenFieldPanel


class PollOption(Orderable):
    """One of the answers that a poll offers."""

    poll = ParentalKey("polls.Poll", on_delete=models.CASCADE, related_name="options", verbose_name=_("poll"))
    text = models.CharField(_("text"), max_length=255)
    image = models.ForeignKey(
        "media.Image",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Optional; shown beside the text."),
    )
    #: Tells which option of a draft is which: a draft's new options have no id before they are published.
    key = models.CharField(pgettext_lazy("poll", "key"), max_length=32, blank=True, default="")

    panels = [FieldPanel("text"), FieldPanel("image"), HiddenFieldPanel("key")]

    graphql_fields = [
        GraphQLString("text", required=True, description="The answer that the option stands for.")
    ]

    class Meta(Orderable.Meta):
        verbose_name = pgettext_lazy("poll", "option")
        verbose_name_plural = pgettext_lazy("poll", "options")
        constraints = [models.UniqueConstraint(fields=["poll", "key"], name="one_option_per_key")]

    def __str__(self) -> str:
        return self.text
