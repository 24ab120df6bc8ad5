"""Links that show one revision to people without an account."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ShareLinkState(models.TextChoices):
    OPEN = "open", _("Open")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")


class ShareLinkQuerySet(models.QuerySet):
    def in_state(self, state: ShareLinkState) -> QuerySet:
        """The links that are in a state now."""
        if state == ShareLinkState.REVOKED:
            return self.filter(revoked_at__isnull=False)
        passed = Q(expires_at__lte=timezone.now())
        return self.filter(passed if state == ShareLinkState.EXPIRED else ~passed, revoked_at=None)


class ShareLink(models.Model):
    """A link to one revision, until it expires, is revoked, or its maker may not edit the object any more.

    Of its key only a digest is stored: the address is shown once, when the link is made.
    """

    key_digest = models.CharField(max_length=64, unique=True, editable=False)
    revision = models.ForeignKey(
        "wagtailcore.Revision", verbose_name=_("version"), on_delete=models.CASCADE, related_name="+"
    )
    note = models.CharField(
        _("for whom"), max_length=200, blank=True, help_text=_("Only you and your colleagues see it.")
    )
    password = models.CharField(_("password"), max_length=200, blank=True, editable=False)
    expires_at = models.DateTimeField(_("expires at"), db_index=True)
    maker = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.CASCADE, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)
    opened = models.PositiveIntegerField(_("times opened"), default=0, editable=False)
    last_opened_at = models.DateTimeField(_("last opened"), null=True, editable=False)

    objects = ShareLinkQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # looks at content, and is no use of it

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        default_permissions = ()

    def __str__(self) -> str:
        return self.revision.object_str

    @property
    def state(self) -> ShareLinkState:
        if self.revoked_at is not None:
            return ShareLinkState.REVOKED
        return ShareLinkState.EXPIRED if self.expires_at <= timezone.now() else ShareLinkState.OPEN

    @property
    def is_open(self) -> bool:
        return self.state == ShareLinkState.OPEN

    def takes(self, password: str) -> bool:
        """Whether this is the link's password; any is where it has none."""
        return not self.password or check_password(password, self.password)

    def count_opening(self) -> None:
        """Note that somebody has opened it now; many at once are all counted."""
        ShareLink.objects.filter(pk=self.pk).update(opened=F("opened") + 1, last_opened_at=timezone.now())
