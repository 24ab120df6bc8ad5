"""Templates of articles that come again and again: a week's calendar, a notice of reception, a report."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from wagtail.admin.panels import FieldPanel

from articles.models.pages import ArticlePage

#: What is of one article only.
NOT_KEPT = {"page_ptr", "title_key", "published_at", "featured", "canonical_url"}


class ArticleTemplate(models.Model):
    """The texts, blocks and relations of an article, as a revision has them. Readers have no way to it."""

    is_content = False

    name = models.CharField(_("name of the template"), max_length=100, unique=True)
    title_pattern = models.CharField(
        _("title of new articles"),
        max_length=255,
        help_text=_("{day}, {month}, {year} and {week} become those of the day on which it is used."),
    )
    content = models.JSONField(_("content"), default=dict, encoder=DjangoJSONEncoder, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made at"), auto_now=True)

    panels = [FieldPanel("name"), FieldPanel("title_pattern")]

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("article template")
        verbose_name_plural = _("article templates")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def title_on(self, day: date) -> str:
        """The title of an article that is begun on a day."""
        words = {"day": f"{day:%d}", "month": f"{day:%m}", "year": f"{day:%Y}", "week": f"{day:%V}"}
        title = self.title_pattern
        for name, value in words.items():
            title = title.replace(f"{{{name}}}", value)
        return title

    def keep(self, page: ArticlePage) -> None:
        """Take the content of an article."""
        data = page.serializable_data()
        own = {field.name for field in ArticlePage._meta.local_fields} - NOT_KEPT
        self.content = {name: value for name, value in data.items() if name in own}
        for name, link in _children().items():
            children = ({**child, "pk": None} for child in data.get(name, []))
            self.content[name] = [{key: child[key] for key in child if key != link} for child in children]

    def article(self, *, day: date) -> ArticlePage:
        """A new article, which is in no place yet; what was deleted since the template was made is left out."""
        data: dict[str, Any] = {**self.content, "pk": None, "title": self.title_on(day), "live": False}
        return ArticlePage.from_serializable_data(data)


def _children() -> dict[str, str]:
    """Names of what belongs to an article, comments aside, and of the link to the article."""
    return {
        relation.get_accessor_name(): relation.field.name
        for relation in get_all_child_relations(ArticlePage)
        if relation.related_model._meta.app_label == ArticlePage._meta.app_label
    }
