"""Legal documents in the admin, and scripts of its pages."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.content.models import LegalDocument


class LegalDocumentViewSet(SnippetViewSet):
    model = LegalDocument
    icon = "doc-full-inverse"
    menu_label = _("Legal documents")
    add_to_admin_menu = True
    menu_order = 350
    list_display = ["number", "title", "issuer", "issued_on"]
    list_filter = ["issuer"]


register_snippet(LegalDocumentViewSet)


@hooks.register("insert_editor_js")
def slugs_without_marks() -> SafeString:
    return format_html('<script src="{}"></script>', static("content/slugs.js"))


@hooks.register("insert_global_admin_js")
def starting_without_inline_scripts() -> SafeString:
    return format_html('<script src="{}"></script>', static("content/start.js"))
