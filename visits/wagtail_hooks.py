"""Visits in the admin: who may see them, where, and on the first page."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from visits.panels import VisitsPanel
from visits.reports import PERMISSION, VisitReportView


@hooks.register("register_admin_urls")
def visit_addresses() -> list[URLPattern]:
    return [
        path("reports/visits/", VisitReportView.as_view(), name="visit_report"),
        path(
            "reports/visits/results/", VisitReportView.as_view(results_only=True), name="visit_report_results"
        ),
    ]


@hooks.register("register_permissions")
def visit_permission() -> QuerySet:
    """To see the figures is a right of its own."""
    return Permission.objects.filter(content_type__app_label="visits", codename="view_dailyvisits")


class VisitReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


@hooks.register("register_reports_menu_item")
def visit_menu_item() -> MenuItem:
    return VisitReportMenuItem(
        _("Visits by day"), reverse("visit_report"), name="visits", icon_name="calendar-alt", order=600
    )


@hooks.register("construct_homepage_panels")
def show_visits(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm(PERMISSION):
        panels.append(VisitsPanel())
