"""The guide for editors (docs/editors.md), read in the admin: it needs no other site and fits the version that runs."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

#: Where the guide's pictures are, seen from it; STATICFILES_DIRS has the folder as "guide".
PICTURES = re.compile(r'src="images/editors/([^"]+)"')


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """The guide, with its table of contents."""

    template_name = "desk/guide.html"
    page_title = _("Guide for editors")
    header_icon = "help"
    _show_breadcrumbs = True
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contents, text = _guide()
        return {**super().get_context_data(**kwargs), "contents": contents, "text": text}


@cache
def _guide() -> tuple[SafeString, SafeString]:
    """Table of contents and text, as HTML. The file is part of the code: nobody but who writes that can write in it."""
    # Loaded for who reads the guide: each web process would start with it.
    from markdown import Markdown
    from markdown.extensions.toc import slugify_unicode

    guide = Markdown(
        extensions=["tables", "toc", "sane_lists"],
        extension_configs={"toc": {"slugify": slugify_unicode, "toc_depth": "2-3"}},
        tab_length=2,
    )
    # The page has its own heading.
    _title, _line, body = settings.CMS_EDITORS_GUIDE.read_text(encoding="utf-8").partition("\n")
    html = PICTURES.sub(lambda found: f'src="{static("guide/" + found[1])}"', guide.convert(body))
    return mark_safe(guide.toc), mark_safe(html)  # noqa: S308 - of a file of the code
