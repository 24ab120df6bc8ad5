"""Forms of new objects, each with a preview of its own.

Wagtail keeps what is typed into the form of a new object by editor, type and parent: of two forms that are open at once
the second would be seen in both panels. Here each form has a key in the address of its preview.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest


class KeyedForm:
    """For the view that shows the form of a new object."""

    def get_preview_url(self) -> str | None:
        address = super().get_preview_url()
        return address and f"{address}?{urlencode({'form': secrets.token_urlsafe(12)})}"


class KeyedPreview:
    """For the view that takes and shows what is typed into it."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        # What Wagtail finds a form's state by; an identifier of the parent to it, and no more than a text.
        self.parent_object_id = f"{self.parent_object_id}/{request.GET.get('form', '')[:64]}"
