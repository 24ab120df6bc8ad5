"""Wagtail's form for a collection, which moves it in the tree past all signals."""

from __future__ import annotations

from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404
from wagtail.admin.views.collections import Edit
from wagtail.models import Collection

from cms.events.restrictions import tell_moved


class EditCollection(Edit):
    """Wagtail's, which tells of the files that a move opens or closes, in its transaction."""

    def save_instance(self) -> Collection:
        was_closed = self.object.get_view_restrictions().exists()
        saved = super().save_instance()
        tell_moved(Collection.objects.get(pk=saved.pk), was_closed=was_closed)
        return saved


edit_collection = display_custom_404(require_admin_access(EditCollection.as_view()))
