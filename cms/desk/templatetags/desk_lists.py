"""What the templates of lists show beside Wagtail's."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import RequestContext

from cms.desk.lists.saved_views import saved_views

register = template.Library()


@register.inclusion_tag("desk/saved_views.html", name="saved_views", takes_context=True)
def views_of_this_list(context: RequestContext) -> dict[str, Any]:
    """The views that the person has saved of this list, and the form to save the one in sight."""
    request = context["request"]
    name = request.resolver_match.view_name
    return {
        "request": request,
        "csrf_token": context["csrf_token"],
        "list_name": name,
        "saved_views": saved_views(request.user, name),
    }
