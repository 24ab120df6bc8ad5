"""What people without an account see of a share link: a form where it has a password, then the frontend's preview."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.accounts import throttling
from cms.accounts.throttling import TooManyAttempts
from cms.operations.client_ip import client_ip
from cms.operations.rate_limiter import rate_limiter
from cms.preview.frontends import preview_address
from cms.preview.models import ShareLink
from cms.preview.sharing.links import digest, link_of, record
from cms.preview.tokens import token_for_share


@csrf_exempt  # Who has no login here has nothing that another site could make use of.
@require_http_methods(["GET", "HEAD", "POST"])
def open_share(request: HttpRequest, key: str) -> HttpResponse:
    """Send who opens a link on to the preview, with a token that ends with the link; 404 where it is none, or over."""
    response = _opened(request, key)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _opened(request: HttpRequest, key: str) -> HttpResponse:
    quota = rate_limiter.consume("share", client_ip(request.META))
    if quota is not None and quota.is_exceeded:
        return _refusal(request, status=429, headers=quota.headers)
    link = link_of(key)
    if link is None:
        return render(request, "preview/share_over.html", status=404)
    if request.method == "HEAD":
        # Nobody looks at anything, and there is nothing to count.
        return HttpResponse(status=204)
    if link.password and request.method != "POST":
        return render(request, "preview/share_password.html")
    if link.password and (refusal := _refused(request, link, key)):
        return refusal
    link.count_opening()
    record("share_opened", link)
    model = link.revision.content_type.model_class()
    return HttpResponseRedirect(preview_address(token_for_share(link), model._meta.label))


def _refused(request: HttpRequest, link: ShareLink, key: str) -> HttpResponse | None:
    """Why this password opens nothing; None where it does."""
    try:
        attempt = throttling.begin(throttling.SHARE, account=digest(key), request=request)
    except TooManyAttempts as refusal:
        return _refusal(request, status=429, headers={"Retry-After": str(refusal.seconds)})
    if link.takes(request.POST.get("password", "")):
        throttling.succeeded(attempt)
        return None
    if throttling.locks_out(attempt):
        record("share_locked", link)
    return render(
        request, "preview/share_password.html", {"error": _("This is not the password.")}, status=403
    )


def _refusal(request: HttpRequest, *, status: int, headers: dict[str, str]) -> HttpResponse:
    error = _("Too many attempts. Please wait a few minutes and try again.")
    response = render(request, "preview/share_wait.html", {"error": error}, status=status)
    for name, value in headers.items():
        response[name] = value
    return response
