"""Settings with drafts: the row is what readers see, a draft is a revision, as of pages and snippets."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.permission_policies.sites import SitePermissionPolicy

from cms.content.publishing import PublishedWhole
from cms.preview.mixins import PreviewableContent


class SettingsPolicy(SitePermissionPolicy):
    """Wagtail's policy of settings, in which the permission to change them is the one to publish them, too."""

    def _get_permission_name(self, action: str) -> str:
        return super()._get_permission_name("change" if action == "publish" else action)

    def _get_permission_codenames(self, actions: Any) -> set[str]:
        wanted = {"change" if action == "publish" else action for action in actions}
        return super()._get_permission_codenames(wanted)


class SettingsWithDrafts(
    PublishedWhole,
    PreviewableContent,
    DraftStateMixin,
    RevisionMixin,
    PreviewableMixin,
    BaseSiteSetting,
    ClusterableModel,
):
    """Base of a model of settings of a site, which has a `GenericRelation` to its revisions."""

    # Wagtail's, which the release before does not write.
    live = models.BooleanField(_("live"), default=True, db_default=True, editable=False)
    has_unpublished_changes = models.BooleanField(
        _("has unpublished changes"), default=False, db_default=False, editable=False
    )
    expired = models.BooleanField(_("expired"), default=False, db_default=False, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def get_permission_policy(cls) -> SettingsPolicy:
        """The policy that `register_setting` registers."""
        return SettingsPolicy(cls)

    def get_latest_revision_as_object(self) -> Self:
        """What the form shows: the row itself where no draft waits, since commands and deleted pages change it."""
        return super().get_latest_revision_as_object() if self.has_unpublished_changes else self
