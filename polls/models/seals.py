"""The chain in which ballots are sealed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Seal(models.Model):
    """A digest over a batch of ballots and reviews and over the seal before it: `integrity/sealing.py`."""

    is_content = False  # It says how votes are kept, and changes as they come in.

    poll = models.ForeignKey(
        "polls.Poll",
        on_delete=models.PROTECT,
        related_name="seals",
        verbose_name=_("poll"),
        db_index=False,  # the constraint's index serves
    )
    number = models.PositiveIntegerField(pgettext_lazy("seal", "number"))
    previous = models.CharField(_("digest of the seal before"), max_length=64, blank=True)
    digest = models.CharField(_("digest"), max_length=64)
    sealed_at = models.DateTimeField(_("sealed at"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        constraints = [models.UniqueConstraint(fields=["poll", "number"], name="one_seal_per_number")]

    def __str__(self) -> str:
        return f"{self.poll_id}/{self.number}: {self.digest}"
