"""What operators and stray readers ask of the server itself."""

from __future__ import annotations

import hmac
from dataclasses import asdict

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST

from cms.operations import metrics, readiness


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The process can serve: 200, also where something is `degraded`; 503 and what is missing where it can't."""
    results = readiness.results()
    status = readiness.status(results)
    answer = {"status": status, "checks": [asdict(result) for result in results]}
    return JsonResponse(answer, status=503 if status == "unavailable" else 200)


@never_cache
def prometheus(request: HttpRequest) -> HttpResponse:
    """Figures of this server; where METRICS_TOKEN is set, only for who bears it."""
    expected = f"Bearer {settings.CMS_METRICS_TOKEN}".encode()
    if settings.CMS_METRICS_TOKEN and not hmac.compare_digest(_authorization(request), expected):
        return HttpResponse("Bearer token needed.\n", status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(metrics.exposition(), content_type=CONTENT_TYPE_LATEST)


def _authorization(request: HttpRequest) -> bytes:
    return request.headers.get("Authorization", "").encode()


def to_frontend(request: HttpRequest, path: str) -> HttpResponse:
    """Send a reader who asks the CMS for a page to the frontend; without a frontend, the start goes to the admin."""
    if settings.FRONTEND_URL.rstrip("/") != settings.SITE_URL.rstrip("/"):
        return HttpResponseRedirect(settings.FRONTEND_URL.rstrip("/") + request.path)
    if path == "":
        return HttpResponseRedirect(reverse("wagtailadmin_home"))
    raise Http404
