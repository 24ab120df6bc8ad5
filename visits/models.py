"""Figures of visits. Nothing in them tells who came: a visitor is a digest that nobody can repeat the next day."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DailyVisits(models.Model):
    """What was viewed on one day of the portal's time zone; kept for ever."""

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
    """Somebody who came on a day, as a digest of address, browser and the day's salt; kept for VISIT_DIGEST_DAYS."""

    is_content = False  # Readers see its figures; what is written is not content.

    date = models.DateField()
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["date", "digest"], name="one_row_per_visitor_and_day")]

    def __str__(self) -> str:
        return f"{self.date}"


class PageView(models.Model):
    """A page view that is not in the figures of its day yet: a row that nobody else waits for, gone within a second."""

    is_content = False

    date = models.DateField()
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField()
    #: Where Redis was asked to take it down and did not answer: by what Redis knows it, if it has it.
    ticket = models.CharField(max_length=16, blank=True)

    def __str__(self) -> str:
        return f"{self.date}"


class VisitBuffer(models.Model):
    """How far the batches of a buffer in Redis are in the figures; written with the figures, so that each counts once.

    A Redis that has lost its memory begins a buffer of another name.
    """

    is_content = False

    name = models.CharField(max_length=32, unique=True)
    counted = models.PositiveBigIntegerField(default=0)
    counted_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.counted}"
