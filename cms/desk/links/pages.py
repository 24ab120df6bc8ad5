"""Pages with broken links, for the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from wagtail.models import Page

from cms.desk.models import Link


def pages_with_broken_links() -> QuerySet:
    """Live pages that link to what is broken, with these links as `broken_links`."""
    broken = Link.objects.broken()
    linking = Link.pages.through.objects.filter(link__in=broken.values("pk")).values("page")
    return Page.objects.filter(pk__in=linking, live=True).prefetch_related(
        Prefetch("outgoing_links", queryset=broken.order_by("address"), to_attr="broken_links")
    )


def broken_addresses(page: Any) -> str:
    """The broken links of such a page, each with what is wrong."""
    return "; ".join(f"{link.address}: {link.get_problem_display()}" for link in page.broken_links)
