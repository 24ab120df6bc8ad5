"""What keeps snippets that are in the trash out of their lists, choosers and forms."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection as Names
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views import snippets

from cms.content.trashed import Trashable, is_trashed, without_trashed


class SnippetPolicy(ModelPermissionPolicy):
    """Wagtail's permissions, for snippets: nobody edits what is in the trash, or is led to it."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return not is_trashed(instance) and super().user_has_permission_for_instance(user, action, instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Names[str], instance: Model) -> bool:
        allowed = super().user_has_any_permission_for_instance(user, actions, instance)
        return allowed and not is_trashed(instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Names[str]) -> QuerySet:
        return without_trashed(super().instances_user_has_any_permission_for(user, actions))


class WithoutTrashed:
    """Mixin of choosers."""

    def get_object_list(self) -> QuerySet:
        return without_trashed(super().get_object_list())


class IntoTheTrashView(snippets.DeleteView):
    """Wagtail's question before something is deleted, which says where it goes."""

    @property
    def confirmation_message(self) -> str:
        return _("Move “%(title)s” to the trash? It can be restored from there.") % {"title": self.object}

    def get_success_message(self) -> str:
        return _("“%(title)s” is in the trash. It can be restored.") % {"title": self.object}


def open_only_what_is_there(
    model: type[Model], view: Callable[..., HttpResponse]
) -> Callable[..., HttpResponse]:
    """`view`, of one object by its `pk`, unless that is in the trash: whoever asks for it is sent there."""
    if not issubclass(model, Trashable):
        return view

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, pk: str | None = None, **kwargs: Any) -> HttpResponse:
        if pk is None:
            return view(request, *args, **kwargs)
        if model._base_manager.filter(pk=unquote(str(pk)), is_trashed=True).exists():
            messages.warning(request, _("This is in the trash: restore it first."))
            return redirect("trash")
        return view(request, *args, pk=pk, **kwargs)

    return opened
