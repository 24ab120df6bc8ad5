"""Figures of visits. They don't tell who came: a visitor is a digest that nobody can repeat the next day."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DailyVisits(models.Model):
    """The page views and visitors of one day of the portal's time zone; kept for ever."""

    is_content = False  # Readers see its figures; what is written is not content.

    date = models.DateField(_("day"), unique=True)
    visits = models.PositiveBigIntegerField(_("page views"), default=0)
    visitors = models.PositiveBigIntegerField(_("visitors"), default=0)
    salt = models.CharField(
        max_length=64, editable=False, help_text=_("Random; forgotten when the day is over.")
    )

    class Meta:
        verbose_name = _("visits of a day")
        verbose_name_plural = _("visits by day")
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y}: {self.visits}"


class Visitor(models.Model):
    """A visitor of a day, as a digest of address, browser and the day's salt; kept for VISIT_DIGEST_DAYS."""

    is_content = False  # Readers see its figures; what is written is not content.

    date = models.DateField()
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["date", "digest"], name="one_row_per_visitor_and_day")]

    def __str__(self) -> str:
        return f"{self.date}"


class PageView(models.Model):
    """A page view that is not in the figures of its day yet; the worker counts and deletes it within a second."""

    is_content = False

    date = models.DateField()
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.date}"
