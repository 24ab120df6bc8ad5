"""Reviewing ballots in the admin: bursts that were flagged, and what was decided about them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.content.numbers import whole_number
from polls.integrity.reviews import AlreadyDecided, dismiss, restore, set_aside
from polls.models import Burst, Poll, Review

PERMISSION = "polls.add_review"


class ReasonForm(forms.Form):
    """Why an editor decides so; it is kept with the decision."""

    reason = forms.CharField(
        label=_("reason"),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Say why: the reason is kept in the log."),
            "min_length": _("Say why in a few words more: the reason is kept in the log."),
        },
    )


class ReviewBallotsView(WagtailAdminTemplateMixin, TemplateView):
    """The bursts and reviews of one poll, with what can be done about each."""

    template_name = "polls/review.html"
    page_title = _("Review of ballots")
    header_icon = "warning"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_anonymous or not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        self.editor = request.user
        self.poll = get_object_or_404(Poll, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.poll.question

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bursts = Burst.objects.filter(poll=self.poll).select_related("review")
        reviews = Review.objects.filter(poll=self.poll).select_related("decided_by", "undone_by")
        return super().get_context_data(
            poll=self.poll,
            open_bursts=bursts.filter(state=Burst.State.OPEN),
            other_bursts=bursts.exclude(state=Burst.State.OPEN),
            reviews=reviews,
            **{"form": ReasonForm(auto_id=False), **kwargs},
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        decide = {"set_aside": self._set_aside, "dismiss": self._dismiss, "restore": self._restore}
        action = decide.get(request.POST.get("action", ""))
        if action is None:
            raise PermissionDenied
        form = ReasonForm(request.POST, auto_id=False)
        if action != self._dismiss and not form.is_valid():
            messages.error(request, " ".join(map(str, form.errors["reason"])))
            about = "about_review" if action == self._restore else "about_burst"
            return self.render_to_response(
                self.get_context_data(form=form, **{about: request.POST.get("id")})
            )
        try:
            messages.success(request, action(form, request.POST.get("id", "")))
        except AlreadyDecided:
            self._tell_of_decision(form["reason"].value())
        return redirect(reverse("review_ballots", args=[self.poll.pk]))

    def _tell_of_decision(self, reason: str | None) -> None:
        messages.error(self.request, _("These ballots have been decided about already, see below."))
        if reason:
            messages.info(self.request, gettext("You wrote: “%(reason)s”") % {"reason": reason})

    def _burst(self, pk: str) -> Burst:
        return get_object_or_404(Burst, pk=whole_number(pk) or 0, poll=self.poll)

    def _set_aside(self, form: ReasonForm, pk: str) -> str:
        review = set_aside(self._burst(pk), reason=form.cleaned_data["reason"], user=self.editor)
        number = len(review.ballot_ids)
        return ngettext("%d ballot was set aside.", "%d ballots were set aside.", number) % number

    def _dismiss(self, form: ReasonForm, pk: str) -> str:
        dismiss(self._burst(pk), user=self.editor)
        return gettext("The burst is not shown as suspicious any more.")

    def _restore(self, form: ReasonForm, pk: str) -> str:
        review = get_object_or_404(
            Review,
            pk=whole_number(pk) or 0,
            poll=self.poll,
            action=Review.Action.SET_ASIDE,
        )
        number = len(restore(review, reason=form.cleaned_data["reason"], user=self.editor).ballot_ids)
        return ngettext("%d ballot counts again.", "%d ballots count again.", number) % number
