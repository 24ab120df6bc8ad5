"""Users in the admin: Wagtail's own forms, within what `delegation.py` allows."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from wagtail.users.views import users

from cms.accounts.delegation import givable_groups, may_manage


def _limit(form: ModelForm, giver: Any) -> ModelForm:
    if not giver.is_superuser:
        form.fields.pop("is_superuser", None)
        form.fields["groups"].queryset = givable_groups(giver)
    return form


class CreateView(users.CreateView):
    def get_form(self, form_class: type[ModelForm] | None = None) -> ModelForm:
        return _limit(super().get_form(form_class), self.request.user)


class EditView(users.EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_manage(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class: type[ModelForm] | None = None) -> ModelForm:
        return _limit(super().get_form(form_class), self.request.user)


class DeleteView(users.DeleteView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_manage(request.user, self.get_object()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UserViewSet(users.UserViewSet):
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
