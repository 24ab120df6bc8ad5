"""What this app remembers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SetUpStep(models.Model):
    """A step of `set_up_roles` that was taken. It is not taken again: people may have undone it since.

    `made` is the key of the object that the step made, where it made one.
    """

    key = models.CharField(_("key"), max_length=200, unique=True)
    made = models.PositiveBigIntegerField(_("made"), null=True)

    class Meta:
        verbose_name = _("step of the set-up")
        verbose_name_plural = _("steps of the set-up")
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
