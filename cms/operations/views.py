"""What operators and stray readers ask of the server itself."""

from __future__ import annotations

from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The process can do its work: the database answers and has every migration, and the cache answers."""
    checks = {"database": _database(), "migrations": _migrations(), "cache": _cache()}
    ready = all(result == "ok" for result in checks.values())
    return JsonResponse(
        {"status": "ok" if ready else "unavailable", "checks": checks}, status=200 if ready else 503
    )


def _database() -> str:
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # noqa: BLE001 - whatever is wrong, the answer is that it is not ready
        return "unreachable"
    return "ok"


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connections["default"])
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:  # noqa: BLE001 - as above
        return "unknown"
    return f"{len(pending)} pending" if pending else "ok"


def _cache() -> str:
    from django.core.cache import cache

    try:
        cache.set("readyz", 1, 5)
        return "ok" if cache.get("readyz") == 1 else "does not keep"
    except Exception:  # noqa: BLE001 - as above
        return "unreachable"


def to_frontend(request: HttpRequest, path: str) -> HttpResponse:
    """Send a reader who asks the CMS for a page to the frontend; without a frontend, the start goes to the admin."""
    if settings.FRONTEND_URL.rstrip("/") != settings.SITE_URL.rstrip("/"):
        return HttpResponseRedirect(settings.FRONTEND_URL.rstrip("/") + request.path)
    if path == "":
        return HttpResponseRedirect(reverse("wagtailadmin_home"))
    raise Http404
