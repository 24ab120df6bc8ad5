"""Where things are kept: database, cache, files, tasks."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dj_database_url

from settings.base import BASE_DIR
from settings.environment import environment

# What the server writes; the one folder to keep when the code is replaced.
VAR = BASE_DIR / "var"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

POSTGRESQL = "django.db.backends.postgresql"
SQLITE = {
    # A transaction takes the write lock when it begins: one that reads first could not wait for it later.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,  # seconds to wait for another's write
    # With WAL, NORMAL survives a crash of the process; a power cut may take the last commits, but breaks nothing.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
}


def database(url: str) -> dict[str, Any]:
    """Django's settings for a database: `sqlite:///relative`, `sqlite:////absolute` or `postgres://...`."""
    config = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = SQLITE
    elif config["ENGINE"] != POSTGRESQL:
        raise ValueError("neither SQLite nor PostgreSQL")
    return config


def replica(url: str) -> dict[str, Any]:
    """Django's settings for a streaming replica: whatever is asked of it, it writes nothing, and it is soon known
    that it does not answer."""
    config = database(url)
    if config["ENGINE"] != POSTGRESQL:
        raise ValueError("not PostgreSQL")
    given = config.get("OPTIONS", {})
    # Milliseconds until what was sent and not received ends a connection; a request can ask the primary instead.
    limits = {"connect_timeout": 2, "tcp_user_timeout": 5_000}
    session = f"{given.get('options', '')} -c default_transaction_read_only=on".strip()
    return {**config, "OPTIONS": {**limits, **given, "options": session}}


def _databases() -> dict[str, dict[str, Any]]:
    default = f"sqlite:///{VAR / 'cms.sqlite3'}"
    if not environment.text("DATABASE_URL"):
        VAR.mkdir(exist_ok=True)  # SQLite makes no folder
    try:
        found = {"default": database(environment.text("DATABASE_URL", default))}
    except ValueError:  # the library's errors are of this kind, and repeat the address with its password
        environment.wrong("DATABASE_URL", "is sqlite:////path/to/file or postgres://user:password@host/name")
        found = {"default": database(default)}
    if url := environment.text("REPLICA_DATABASE_URL"):
        try:
            found["replica"] = replica(url)
        except ValueError:
            environment.wrong("REPLICA_DATABASE_URL", "is postgres://user:password@host/name")
        if found["default"]["ENGINE"] != POSTGRESQL:
            environment.wrong("REPLICA_DATABASE_URL", "needs a DATABASE_URL of PostgreSQL")
    return found


def cache(redis_url: str) -> dict[str, Any]:
    """The cache that all processes share: Wagtail and we keep in it what a change must take back everywhere."""
    if redis_url:
        return {
            "BACKEND": "cms.operations.redis_cache.ForgivingRedisCache",
            "LOCATION": redis_url,
            "KEY_PREFIX": "cms",
        }
    # Its table is made by a migration of cms.operations.
    return {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "operations_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }


def _bucket() -> dict[str, str]:
    return {name: environment.text(f"MEDIA_S3_{name}") for name in ("BUCKET", "ENDPOINT", "REGION", "DOMAIN")}


def media_store(kind: str) -> dict[str, Any]:
    """Where uploads go: a folder of this machine, or a bucket (its keys are read by boto3 from AWS_* variables)."""
    s3 = _bucket()  # read also for a disk: a server may be prepared for a bucket
    if kind == "disk":
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    options = {
        "bucket_name": s3["BUCKET"],
        "endpoint_url": s3["ENDPOINT"] or None,
        "region_name": s3["REGION"] or None,
        "custom_domain": s3["DOMAIN"] or None,
        "querystring_auth": False,
        "file_overwrite": False,
    }
    return {"BACKEND": "cms.media.stores.Bucket", "OPTIONS": options}


def media_origins(kind: str) -> list[str]:
    """Origins that pictures come from beside our own."""
    if kind == "disk":
        return []
    s3 = _bucket()
    domain, bucket = s3["DOMAIN"], s3["BUCKET"]
    endpoint = (s3["ENDPOINT"] or "https://s3.amazonaws.com").rstrip("/")
    if domain:
        return [f"https://{domain}"]
    # boto3 names the bucket in the host or in the path, and Amazon's hosts also have the region.
    host = endpoint.split("://")[-1]
    regional = [f"https://{bucket}.s3.{region}.amazonaws.com"] if (region := s3["REGION"]) else []
    return [endpoint, f"{endpoint.split('://')[0]}://{bucket}.{host}", *regional]


def edge_caches() -> dict[str, dict[str, str]]:
    """The caches before this server that are purged by tags."""
    found = {
        f"varnish-{number}": {"BACKEND": "cms.invalidation.edge.backends.VarnishBackend", "LOCATION": url}
        for number, url in enumerate(environment.addresses("VARNISH_URLS"), start=1)
    }
    for cdn, place in (("Fastly", "SERVICE"), ("Cloudflare", "ZONE")):
        prefix = cdn.upper()
        name, token = environment.text(f"{prefix}_{place}"), environment.text(f"{prefix}_TOKEN")
        if name and token:
            backend = f"cms.invalidation.edge.cdn.{cdn}Backend"
            found[cdn.lower()] = {"BACKEND": backend, place: name, "TOKEN": token}
        elif name or token:
            environment.wrong(f"{prefix}_{place}", f"and {prefix}_TOKEN are set together")
    return found


DATABASES = _databases()
REDIS_URL = environment.redis("REDIS_URL")
CACHES = {"default": cache(REDIS_URL)}

# Varnishes in front of this server (deploy/varnish/default.vcl) and CDNs, purged by every change of content.
WAGTAILFRONTENDCACHE = edge_caches()

MEDIA_STORAGE = environment.choice("MEDIA_STORAGE", ["disk", "s3"])
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT", str(VAR / "media")))
MEDIA_URL = "/media/"
MEDIA_ORIGINS = media_origins(MEDIA_STORAGE)
STATIC_ROOT = VAR / "static"
STATIC_URL = "/static/"
STORAGES = {
    "default": media_store(MEDIA_STORAGE),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Whether a document may be read is asked each time: its file is never handed out by its own address.
WAGTAILDOCS_SERVE_METHOD = "serve_view"

if MEDIA_STORAGE == "s3":
    if find_spec("storages") is None:
        environment.wrong(
            "MEDIA_STORAGE", "is s3, which needs `pip install --require-hashes -r requirements-s3.lock`"
        )
    environment.require(MEDIA_S3_BUCKET="the bucket that uploads go to")

# No SVG: it is a document that runs scripts.
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
# 0 (smallest files) to 10 (fastest): 8 takes half the time of 6, for files that are a few per cent larger.
CMS_AVIF_SPEED = 8
# What a document may be, and as what it is served; `cms/media/file_types.py` knows each by its content.
WAGTAILDOCS_CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "geojson": "application/geo+json",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain; charset=utf-8",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
WAGTAILDOCS_EXTENSIONS = list(WAGTAILDOCS_CONTENT_TYPES)
# Browsers show a PDF in a viewer of their own, which runs nothing in the name of this server.
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.media.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.media.forms.DocumentForm"
# Forms tell an editor that a file is too large; what is far larger is not even received.
CMS_MAX_UPLOAD_BYTES = 64 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "cms.media.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# An article with many blocks is one form of many fields.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# In the request itself, so that one process is enough; production.py gives them to workers.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
