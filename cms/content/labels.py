"""Labels that Wagtail makes of the names of fields and models, in English, where we can put nothing in their place."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers
from wagtail.admin.forms.workflows import WorkflowContentTypeForm, WorkflowPageForm
from wagtail.models import Locale, Page, Site
from wagtail.sites.views import IndexView

_LINK_LABELS = {
    "link_text": _("Text of the link"),
    "email_address": _("Mail address"),
    "phone_number": _("Telephone number"),
    "subject": _("Subject"),
    "body": _("Text of the mail"),
}


def translate_labels() -> None:
    """Label columns of the list of sites, and fields of the forms of links and workflows, in the reader's language."""
    for column in IndexView.columns:
        if column.name in {"port", "site_name", "root_page"}:
            column.label = capfirst(Site._meta.get_field(column.name).verbose_name)
    Locale._meta.verbose_name, Locale._meta.verbose_name_plural = _("locale"), _("locales")
    for form in (
        choosers.ExternalLinkChooserForm,
        choosers.AnchorLinkChooserForm,
        choosers.EmailLinkChooserForm,
        choosers.PhoneLinkChooserForm,
    ):
        for name, label in _LINK_LABELS.items():
            if name in form.base_fields:
                form.base_fields[name].label = label
    WorkflowContentTypeForm.base_fields["content_types"].label = _("Kinds of content")
    WorkflowPageForm.base_fields["page"].label = capfirst(Page._meta.verbose_name)
