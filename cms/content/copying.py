"""The form that copies a page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import CopyForm


class CopyWithinLanguageForm(CopyForm):
    """As Wagtail's, which lets a copy keep its language in a tree of another one (8.0.1); moves it refuses."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        parent = cleaned.get("new_parent_page")
        # Below the root stand the home pages of all languages.
        if parent and not parent.is_root() and parent.locale_id != self.page.locale_id:
            self.add_error(
                "new_parent_page",
                _("This page is written in %(language)s, the pages there in %(other)s. Translate it instead.")
                % {"language": self.page.locale, "other": parent.locale},
            )
        return cleaned
