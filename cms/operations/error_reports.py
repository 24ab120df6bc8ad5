"""Reports of errors, where SENTRY_DSN names a server for them; without it no package for them is loaded."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from cms.operations.logs import request_id, without_key

#: Parts of a report that are sent. The others could hold what a person sent: variables, cookies, breadcrumbs.
SENT = {
    "contexts",
    "environment",
    "event_id",
    "exception",
    "fingerprint",
    "level",
    "logger",
    "platform",
    "release",
    "sdk",
    "server_name",
    "timestamp",
    "transaction",
}
#: Parts of an exception, and of a frame of its traceback.
SENT_OF_EXCEPTIONS = {"mechanism", "module", "stacktrace", "type"}


def begin_error_reports() -> None:
    """Report what is logged as an error, and what nobody catches, from now on."""
    if not settings.CMS_SENTRY_DSN:
        return
    # Loaded only where it is wanted: an optional package.
    import sentry_sdk
    from sentry_sdk.integrations.atexit import AtexitIntegration
    from sentry_sdk.integrations.dedupe import DedupeIntegration
    from sentry_sdk.integrations.django import DjangoIntegration
    from sentry_sdk.integrations.excepthook import ExcepthookIntegration
    from sentry_sdk.integrations.logging import LoggingIntegration
    from sentry_sdk.integrations.threading import ThreadingIntegration

    sentry_sdk.init(
        dsn=settings.CMS_SENTRY_DSN,
        release=settings.CMS_VERSION,
        environment=settings.CMS_ENVIRONMENT,
        # None besides these: that of graphene, for one, would send documents with their variables.
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            AtexitIntegration(),
            DedupeIntegration(),
            DjangoIntegration(middleware_spans=False, signals_spans=False, cache_spans=False),
            ExcepthookIntegration(),
            LoggingIntegration(),
            ThreadingIntegration(),
        ],
        before_send=_discreet,
        include_local_variables=False,
        max_breadcrumbs=0,
        max_request_body_size="never",
    )


# Any: the types of its package are not there without it.
def _discreet(event: Any, hint: dict[str, Any]) -> Any:
    """The report without anything that could be a person's; the log has the rest, under the request's id."""
    sent = {name: value for name, value in event.items() if name in SENT}
    sent["tags"] = {"request": request_id.get()}
    if "logentry" in event:
        # Before what it speaks of is filled in.
        sent["logentry"] = {"message": event["logentry"].get("message")}
    if (request := event.get("request", {})).get("url"):
        sent["request"] = {"method": request.get("method"), "url": _address(request["url"])}
    for each in sent.get("exception", {}).get("values", ()):
        for name in each.keys() - SENT_OF_EXCEPTIONS:
            del each[name]
        (each.get("mechanism") or {}).pop("data", None)
    return sent


def _address(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{without_key(parts.path)}"
