"""Views of a list, its search, filters and order, that a person has given a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.desk.models import SavedView

#: Views of one list that a person may keep.
MOST_VIEWS = 20
#: What belongs to the moment and not to the view.
PASSING = ["p", "export", "_w_filter_fragment", "csrfmiddlewaretoken"]


@dataclass(frozen=True)
class ShownView:
    """A saved view, as a link."""

    pk: int
    name: str
    url: str


def saved_views(user: Any, list_name: str) -> list[ShownView]:
    """The views that somebody keeps of a list, by name."""
    views = SavedView.objects.filter(user=user, list_name=list_name).order_by("name")
    return [ShownView(view.pk, view.name, f"{reverse(list_name)}?{view.query}") for view in views]


class SaveViewForm(forms.ModelForm):
    """What the list sends: its name, the query string of its address, and a name for both."""

    class Meta:
        model = SavedView
        fields = ["list_name", "name", "query"]

    def clean_list_name(self) -> str:
        try:
            reverse(self.cleaned_data["list_name"])
        except NoReverseMatch:
            raise forms.ValidationError(_("There is no such list.")) from None
        return self.cleaned_data["list_name"]

    def clean_query(self) -> str:
        query = QueryDict(self.cleaned_data["query"].removeprefix("?"), mutable=True)
        for name in PASSING:
            query.pop(name, None)
        return query.urlencode()


def _refusal(form: SaveViewForm) -> str:
    """Why a view is not saved: editors see the field of the name alone."""
    if "name" in form.errors:
        return _("The view could not be saved: give it a name of at most 60 characters.")
    if "query" in form.errors:
        return _("The view could not be saved: its search and filters are too long.")
    return form.errors["list_name"][0]


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep a view; one of the same name is replaced."""
    form = SaveViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _refusal(form))
        return redirect("wagtailadmin_home")
    values = form.cleaned_data
    own = SavedView.objects.filter(user=request.user, list_name=values["list_name"])
    if own.exclude(name=values["name"]).count() >= MOST_VIEWS:
        messages.error(request, _("You have 20 views of this list: delete one first."))
    else:
        own.update_or_create(
            user=request.user,
            list_name=values["list_name"],
            name=values["name"],
            defaults={"query": values["query"]},
        )
        messages.success(request, _("The view “%(name)s” is saved.") % {"name": values["name"]})
    return redirect(f"{reverse(values['list_name'])}?{values['query']}")


@require_POST
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one of the person's own views."""
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    view.delete()
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect(view.list_name)
