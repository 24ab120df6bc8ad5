"""What this app remembers."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
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


class Attempt(models.Model):
    """An attempt on an account that failed, or that costs something each time, such as a mail.

    What is stored of account, network and browser are keyed digests: an account's name as somebody typed it may be
    anything, and may not exist.
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", _("sign in")
        RESET = "reset", _("reset of the password")
        SHARE = "share", _("password of a share link")
        COLLECTION = "collection", _("password of a collection")

    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    account = models.CharField(_("account"), max_length=32)
    network = models.CharField(_("network"), max_length=32)
    browser = models.CharField(_("browser"), max_length=32, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        default_permissions = ()
        indexes = [
            models.Index(fields=["account", "at"], name="attempt_account"),
            models.Index(fields=["network", "at"], name="attempt_network"),
            models.Index(fields=["browser", "at"], name="attempt_browser"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}, {self.at}"
