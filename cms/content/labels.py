"""Labels that Wagtail makes of the names of fields, in English, where nothing of ours can be put in their place."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.workflows import WorkflowContentTypeForm
from wagtail.models import Site
from wagtail.sites.views import IndexView


def translate_labels() -> None:
    """Give the columns of the list of sites, and a field of a workflow's form, labels that are translated."""
    for column in IndexView.columns:
        if column.name in {"port", "site_name", "root_page"}:
            column.label = capfirst(Site._meta.get_field(column.name).verbose_name)
    WorkflowContentTypeForm.base_fields["content_types"].label = _("Kinds of content")
