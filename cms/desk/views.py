"""The lists of what should be put right."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from cms.desk.checks import ContentCheck, content_checks


class CheckView(ReportView):
    """What one check finds in what somebody may change, each with the link to its form."""

    header_icon = "clipboard-list"
    list_export = ["__str__"]
    export_headings = {"__str__": _("Title")}

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.check = _check(kwargs["name"])
        self.model = self.check.faulty().model

    @cached_property
    def columns(self) -> list[Column]:
        finder = AdminURLFinder(self.request.user)
        columns = [TitleColumn("title", label=_("Title"), accessor=str, get_url=finder.get_edit_url)]
        if self.check.detail:
            columns.append(Column("detail", label=_("What is wrong"), accessor=self.check.detail))
        return columns

    def get_page_title(self) -> Any:
        return capfirst(self.check.label)

    def get_base_queryset(self) -> QuerySet:
        return self.check.found(self.request.user).order_by("-pk")

    def get_index_url(self) -> str:
        return reverse("desk_check", args=[self.check.name])

    def get_index_results_url(self) -> str:
        return reverse("desk_check_results", args=[self.check.name])

    def get_filename(self) -> str:
        return f"{self.check.name}-{timezone.localdate():%Y-%m-%d}"


def _check(name: str) -> ContentCheck:
    for check in content_checks():
        if check.name == name:
            return check
    raise Http404
