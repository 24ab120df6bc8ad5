"""The form that asks for a collection's password, within the limits of `accounts/throttling.py`.

Wagtail's own takes as many guesses as somebody sends.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.forms import PasswordViewRestrictionForm
from wagtail.models import CollectionViewRestriction

from cms.accounts import audit, throttling
from cms.accounts.forms import too_many
from cms.accounts.throttling import TooManyAttempts

TEMPLATE = "wagtaildocs/password_required.html"


class PasswordForm(PasswordViewRestrictionForm):
    """`refusal` is set where there were too many attempts."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.refusal: TooManyAttempts | None = None

    def clean_password(self) -> str:
        collection = self.restriction.collection
        account = f"collection {collection.pk}"
        try:
            attempt = throttling.begin(throttling.COLLECTION, account=account, request=self.request)
        except TooManyAttempts as refusal:
            self.refusal = refusal
            raise too_many(refusal) from refusal
        try:
            password = super().clean_password()
        except ValidationError:
            if throttling.locks_out(attempt):
                audit.record("locked_out", collection, request=self.request)
            raise
        throttling.succeeded(attempt)
        return password


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_password(request: HttpRequest, restriction_id: int) -> HttpResponse:
    """Open a collection to the session of who knows its password; 429 after too many wrong ones."""
    restriction = get_object_or_404(
        CollectionViewRestriction.objects.select_related("collection"),
        pk=restriction_id,
        restriction_type=CollectionViewRestriction.PASSWORD,
    )
    form = PasswordForm(
        request.POST if request.method == "POST" else None, instance=restriction, request=request
    )
    if form.is_valid():
        restriction.mark_as_passed(request)
        return HttpResponseRedirect(_within(form.cleaned_data["return_url"], request))
    context = {
        "form": form,
        "action_url": reverse("wagtaildocs_authenticate_with_password", args=[restriction.pk]),
    }
    response = TemplateResponse(request, TEMPLATE, context)
    if form.refusal:
        response.status_code = 429
        response["Retry-After"] = str(form.refusal.seconds)
    return response


def _within(address: str, request: HttpRequest) -> str:
    is_ours = url_has_allowed_host_and_scheme(address, request.get_host(), request.is_secure())
    return address if is_ours else "/"
