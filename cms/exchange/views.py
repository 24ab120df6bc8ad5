"""“Nhập dữ liệu”: upload a file, see what will happen, import it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from cms.exchange.formats.reading import ENDINGS
from cms.exchange.models import Import
from cms.exchange.registry import all_resources
from cms.exchange.resources.models import Action
from cms.exchange.tasks import run_import

#: Imports of one person that are kept.
MOST_KEPT = 20
#: Rows of a page.
PER_PAGE = 100


def may_import(user: Any) -> bool:
    """Whether there is anything that a person may add or change."""
    models = {resource.model for resource in all_resources()}
    return any(
        policy_registry.get_by_type(model).user_has_any_permission(user, ["add", "change"])
        for model in models
    )


class ImportForm(forms.Form):
    """A file of records."""

    file = forms.FileField(
        label=_("File"), help_text=_("CSV, Excel (.xlsx), JSON Lines, or a zip with pictures.")
    )
    kind = forms.ChoiceField(
        label=_("What the rows are"), required=False, help_text=_("Where the file does not say it itself.")
    )
    publishes = forms.BooleanField(
        label=_("Publish where you may"),
        required=False,
        help_text=_("Else all of it becomes drafts. Rows that are marked as drafts stay drafts."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(resource.name, resource.label) for resource in all_resources()]
        self.fields["kind"].choices = [("", _("The file says it")), *kinds]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((*ENDINGS, ".zip")):
            message = _("This is none of: %(endings)s.")
            raise ValidationError(message, params={"endings": ", ".join([*ENDINGS, ".zip"])})
        return file


class ImportView(WagtailAdminTemplateMixin, FormView):
    """The form, and what one has imported."""

    template_name = "exchange/imports.html"
    form_class = ImportForm
    page_title = _("Import data")
    header_icon = "upload"
    _show_breadcrumbs = True
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: ImportForm) -> HttpResponse:
        given = form.cleaned_data
        run = Import.objects.create(
            user=self.request.user,
            file=given["file"],
            name=given["file"].name[-255:],
            kind=given["kind"],
            publishes=given["publishes"],
        )
        for old in Import.objects.filter(user=self.request.user)[MOST_KEPT:]:
            old.file.delete(save=False)
            old.delete()
        transaction.on_commit(lambda: run_import.enqueue(run.pk))
        return HttpResponseRedirect(reverse("exchange_import", args=[run.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        imports = Import.objects.filter(user=self.request.user)
        return {**super().get_context_data(**kwargs), "imports": imports}


class ImportResultView(WagtailAdminTemplateMixin, TemplateView):
    """What will happen to each row, or has; POST imports what was checked."""

    template_name = "exchange/import.html"
    page_title = _("Import data")
    header_icon = "upload"
    _show_breadcrumbs = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.run = get_object_or_404(Import, pk=kwargs["pk"], user=request.user)
        self.breadcrumbs_items = [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": reverse("exchange_imports"), "label": self.page_title},
            {"url": "", "label": self.run.name},
        ]

    def get_page_subtitle(self) -> str:
        return self.run.name

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Of two clicks one begins it.
        checked = Import.objects.filter(pk=self.run.pk, state=Import.State.CHECKED)
        if checked.update(state=Import.State.IMPORTING):
            transaction.on_commit(lambda: run_import.enqueue(self.run.pk))
        return redirect("exchange_import", self.run.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_trial = self.run.state in {Import.State.CHECKING, Import.State.CHECKED}
        rows = self.run.rows.filter(is_trial=is_trial)
        counts = Counter(rows.values_list("action", flat=True))
        labels = {resource.name: resource.label for resource in all_resources()}
        chosen = self.request.GET.get("action", "")
        shown = rows.filter(action=chosen) if chosen in Action.values else rows
        page = Paginator(shown, PER_PAGE).get_page(self.request.GET.get("p"))
        for row in page:
            row.kind_label = labels.get(row.kind, "")
            row.action_label = Action(row.action).label
        return {
            **super().get_context_data(**kwargs),
            "run": self.run,
            "counts": [(action, action.label, counts[action]) for action in Action],
            "chosen": chosen,
            "done": sum(counts.values()),
            "to_do": counts[Action.NEW] + counts[Action.CHANGED],
            "page": page,
        }
