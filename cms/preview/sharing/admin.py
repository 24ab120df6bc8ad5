"""Making and revoking share links in the admin."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import PreviewableMixin, Revision

from cms.content.known_types import content_of
from cms.operations.dates import moment
from cms.preview.models import ShareLink
from cms.preview.models.shares import ShareLinkState
from cms.preview.rights import may_edit
from cms.preview.sharing.links import revoke, share
from cms.preview.sharing.listing import links_for

#: Days that an editor may choose from, below SHARE_MAX_DAYS.
DAYS = (1, 3, 7, 14)
DEFAULT_DAYS = 7
PASSWORD_LENGTH = 8


def _choices() -> list[tuple[int, str]]:
    most = settings.CMS_SHARE_MAX_DAYS
    days = [each for each in DAYS if each < most] + [most]
    return [(each, ngettext("%d day", "%d days", each) % each) for each in days]


class ShareForm(forms.Form):
    note = forms.CharField(
        label=_("For whom"),
        max_length=200,
        required=False,
        help_text=_("So that you know the link again in the list; who opens it does not see this."),
    )
    days = forms.TypedChoiceField(label=_("Opens for"), coerce=int)
    password = forms.CharField(
        label=_("Password"),
        min_length=PASSWORD_LENGTH,
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Optional. Tell it by another way than the link: by telephone, if the link goes by mail."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = _choices()
        self.fields["days"].initial = min(DEFAULT_DAYS, settings.CMS_SHARE_MAX_DAYS)


class ShareView(WagtailAdminTemplateMixin, FormView):
    """A link to one revision: the form, and then the address, which is shown this once."""

    form_class = ShareForm
    template_name = "preview/admin/share.html"
    page_title = _("Share a draft")
    header_icon = "link-external"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(self.shared, PreviewableMixin) or not may_edit(request.user, self.shared):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def revision(self) -> Revision:
        return get_object_or_404(Revision, pk=self.kwargs["revision_id"])

    @cached_property
    def shared(self) -> Any:
        return content_of(self.revision)

    def form_valid(self, form: ShareForm) -> HttpResponse:
        given = form.cleaned_data
        link, key = share(
            self.revision,
            self.request.user,
            expires_at=timezone.now() + timedelta(days=given["days"]),
            password=given["password"],
            note=given["note"],
        )
        address = settings.SITE_URL.rstrip("/") + reverse("share", args=[key])
        context = self.get_context_data(address=address, link=link, until=moment(link.expires_at))
        response = render(self.request, "preview/admin/shared.html", context)
        response["Cache-Control"] = "no-store"
        return response

    def get_page_subtitle(self) -> str:
        return self.revision.object_str

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = AdminURLFinder(self.request.user).get_edit_url(self.shared)
        return [
            {"url": edit or "", "label": self.revision.object_str},
            {"url": "", "label": self.get_page_title(), "sublabel": self.revision.object_str},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        there = links_for(self.request.user).filter(
            revision__base_content_type=self.revision.base_content_type,
            revision__object_id=self.revision.object_id,
        )
        return {
            **super().get_context_data(**kwargs),
            "revision": self.revision,
            "made_at": moment(self.revision.created_at),
            "open_links": there.in_state(ShareLinkState.OPEN).count(),
            "edit_url": AdminURLFinder(self.request.user).get_edit_url(self.shared),
        }


class RevokeView(WagtailAdminTemplateMixin, TemplateView):
    """Asks once more, and ends a link."""

    template_name = "preview/admin/revoke.html"
    page_title = _("Revoke a share link")
    header_icon = "cross"

    @cached_property
    def link(self) -> ShareLink:
        return get_object_or_404(links_for(self.request.user), pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.link.is_open:
            revoke(self.link, by=request.user)
        messages.success(request, gettext("The link opens nothing any more."))
        return redirect("preview_shares")

    def get_page_subtitle(self) -> str:
        return str(self.link)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("preview_shares"), "label": gettext("Share links")},
            {"url": "", "label": self.get_page_title(), "sublabel": str(self.link)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "link": self.link}
