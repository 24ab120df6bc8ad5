"""Forms of pages and snippets, one save at a time.

Wagtail 8.0.1 loads a page or snippet before its transaction and without a lock, and decides then whether the form is
out of date (`is_out_of_date` of `wagtail.admin.views.pages.edit.EditView` and of the generic views' mixins). Of what
is not live `save_action` writes the whole row: an autosave that was under way while another request published writes
`live=False` over it. Here whatever a form does is one transaction that takes the lock first and loads within it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.pages.edit import EditView

from cms.invalidation.capture import lock_content

View = Callable[..., HttpResponse]


def one_at_a_time(view: View) -> View:
    """A view whose POST requests are each one transaction, after all others that change content."""

    @wraps(view)
    def locked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            lock_content()
            return view(request, *args, **kwargs)

    return locked


class OneSaveAtATime:
    """Mixin for the edit view of a snippet that has drafts: Wagtail's loads its object in `setup`."""

    @classmethod
    def as_view(cls, **initkwargs: Any) -> View:
        return one_at_a_time(super().as_view(**initkwargs))


def save_pages_one_at_a_time() -> None:
    """Wrap the view of pages, which no setting and no hook can replace; called once, before addresses are loaded."""
    dispatch = EditView.dispatch

    @wraps(dispatch)
    def locked(self: EditView, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return dispatch(self, request, *args, **kwargs)

        return one_at_a_time(view)(request, *args, **kwargs)

    EditView.dispatch = locked
