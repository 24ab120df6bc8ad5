"""Settings that every environment shares: applications, middleware, addresses."""

from __future__ import annotations

import tomllib
from pathlib import Path

from settings.environment import environment

BASE_DIR = Path(__file__).resolve().parent.parent
CMS_VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

# One list: a content type is one folder and its name here.
CONTENT_APPS = [
    "home",
    "visits",
    "articles",
    "campaigns",
    "zones",
    "polls",
    *environment.apps("EXTRA_CONTENT_APPS"),
]

INSTALLED_APPS = [
    *CONTENT_APPS,
    "cms.content",
    "cms.media",
    "cms.search",
    "cms.preview",
    "cms.operations",
    "cms.accounts",
    "cms.desk",
    "cms.exchange",
    "cms.invalidation",
    "cms.events",
    "cms.feeds",
    "cms.graphql",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.accounts.apps.UsersConfig",  # wagtail.users, with our own forms
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "cms.trash",  # after those whose permission policies it replaces
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "grapple",  # after wagtail.snippets, which registers its models late
    "graphene_django",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_filters",
    "corsheaders",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # Wagtail says by it how long ago something was
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.operations.requests.RouteMiddleware",
    "cms.operations.headers.BrowserHeadersMiddleware",  # before those whose headers it adds to
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "cms.content.normalizing.NormalizeTextMiddleware",  # before those that read a form
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cms.accounts.sessions.SessionAgeMiddleware",
    "cms.accounts.two_factor.middleware.TwoFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ]
        },
    }
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]  # each in its own language
# Our Vietnamese of Wagtail and Django comes before theirs (locale/README.md).
LOCALE_PATHS = [BASE_DIR / "locale"]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]

# Django's Vietnamese formats don't say how dates are typed, and would read 11/10 as the tenth of November.
FORMAT_MODULE_PATH = ["settings.formats"]
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"

PORT = environment.port("PORT", 8000)
SITE_URL = environment.address("SITE_URL", f"http://127.0.0.1:{PORT}")
# Where readers see the site: by names, the first is the one that they are sent to. Or one without a name.
CMS_FRONTENDS = environment.named_addresses("FRONTENDS")
FRONTEND_URL = environment.address("FRONTEND_URL", next(iter(CMS_FRONTENDS.values()), SITE_URL))
if CMS_FRONTENDS and next(iter(CMS_FRONTENDS.values())) != FRONTEND_URL:
    environment.wrong("FRONTEND_URL", "is left empty, or the first address of FRONTENDS")
# All without a path.
SITE_ORIGIN, FRONTEND_ORIGIN, *OTHER_ORIGINS = (
    "/".join(url.lower().split("/")[:3]) for url in (SITE_URL, FRONTEND_URL, *CMS_FRONTENDS.values())
)
CMS_FRONTEND_ORIGINS = list(dict.fromkeys([FRONTEND_ORIGIN, *OTHER_ORIGINS]))

# The map that editors draw zones on: a PMTiles archive with Protomaps' layers, or pictures.
CMS_BASEMAP = {
    "url": environment.basemap("BASEMAP_URL"),
    "attribution": environment.text("BASEMAP_ATTRIBUTION", "© OpenStreetMap"),
}

WAGTAIL_SITE_NAME = "CMS"
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # Addresses without diacritics can be read out, typed and sent.
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.content.workflows.publish_approved"
WAGTAILIMAGES_IMAGE_MODEL = "media.Image"
WAGTAILDOCS_DOCUMENT_MODEL = "media.Document"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.search.backends"}}
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "cms.content.tags.parse_tags"

# The admin asks no other host: not for avatars, not for releases.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "cms.content.editor.RichTextArea"}}
# Nor does the server ask any for what an editor embeds: videos are blocks, and their addresses tell enough.
WAGTAILEMBEDS_FINDERS = []

GRAPPLE = {
    "APPS": ["content", "media", *(name.rpartition(".")[2] for name in CONTENT_APPS)],
    "PAGE_INTERFACE": "cms.graphql.wagtail.interfaces.PageInterface",
    "SNIPPET_INTERFACE": "cms.graphql.wagtail.interfaces.SnippetInterface",
    "EXPOSE_GRAPHIQL": False,
}
GRAPHENE = {"SCHEMA": "cms.graphql.wagtail.build.schema", "MIDDLEWARE": []}

CMS_GRAPHQL_MAX_BODY_BYTES = 1_000_000
# What one request may ask for (docs/graphql.md).
CMS_GRAPHQL_LIMITS = {
    "characters": environment.number("GRAPHQL_MAX_CHARACTERS", 20_000, least=100),
    "tokens": environment.number("GRAPHQL_MAX_TOKENS", 2_000, least=100),
    "depth": environment.number("GRAPHQL_MAX_DEPTH", 15, least=1),
    "aliases": environment.number("GRAPHQL_MAX_ALIASES", 30),
    "directives": environment.number("GRAPHQL_MAX_DIRECTIVES", 30),
    "root_fields": environment.number("GRAPHQL_MAX_ROOT_FIELDS", 20, least=1),
    "fields": environment.number("GRAPHQL_MAX_FIELDS", 5_000, least=1),
    # Pairs of fields of one name at one place, and of fragments: validation compares each with each.
    "comparisons": environment.number("GRAPHQL_MAX_COMPARISONS", 5_000),
    "cost": environment.number("GRAPHQL_MAX_COST", 20_000, least=1),
}
# Whether the schema may be asked for; in production it is published as schema.graphql.
CMS_GRAPHQL_INTROSPECTION = environment.flag("GRAPHQL_INTROSPECTION", default=True)
# What makes answers faster and changes none of them (tests/oracle); docs/operations.md says what each does.
CMS_ACCELERATORS = environment.switches(
    "ACCELERATORS_OFF",
    [
        "answer_cache",
        "batching",
        "compiled_queries",
        "kept_counts",
        "kept_documents",
        "multi_query",
        "planning",
        "prepared_statements",
        "selected_columns",
        "site_snapshot",
    ],
)
CMS_GRAPHQL_ANSWER_BYTES = environment.number("GRAPHQL_ANSWER_MEGABYTES", 32, least=1) * 1_000_000
# How many seconds old figures may be that move without a change of content, such as votes and visits.
CMS_LIVE_FIGURES_SECONDS = environment.number("LIVE_FIGURES_SECONDS", 1)
# Seconds for which a CDN may keep an answer, and for which it may give it while it asks for a newer one.
CMS_EDGE_SECONDS = environment.number("EDGE_SECONDS", 60)
CMS_EDGE_STALE_SECONDS = environment.number("EDGE_STALE_SECONDS", 30)
# Operations of the project's frontends, and whether no others are answered (docs/graphql.md).
CMS_GRAPHQL_MANIFESTS = [BASE_DIR / "frontend" / "persisted-operations.json"]
CMS_GRAPHQL_PERSISTED_ONLY = environment.flag("PERSISTED_OPERATIONS_ONLY", default=False)
# The header that tells an edge cache the tags of an answer: Cache-Tag for most, Surrogate-Key for Fastly. Where none is
# purged by them, no cache may keep an answer, and nobody needs to read which rows are restricted.
TAG_HEADERS = ["Cache-Tag", "Surrogate-Key"]
PURGED_BY = {"VARNISH_URLS": "Cache-Tag", "CLOUDFLARE_ZONE": "Cache-Tag", "FASTLY_SERVICE": "Surrogate-Key"}
_needed = {header for name, header in PURGED_BY.items() if environment.text(name)}
CMS_CACHE_TAG_HEADER = environment.choice(
    "CACHE_TAG_HEADER", list(dict.fromkeys([*sorted(_needed), "off", *TAG_HEADERS]))
)
if _needed - {CMS_CACHE_TAG_HEADER}:
    environment.wrong(
        "CACHE_TAG_HEADER", f"is {' and '.join(sorted(_needed))} for the caches that are purged"
    )
# Milliseconds after the last keystroke; with what Wagtail waits before, a preview is there within two seconds.
WAGTAIL_AUTO_UPDATE_PREVIEW_INTERVAL = 200
# How long a preview can be looked at after it was opened or typed in, and one that a share link has opened.
CMS_PREVIEW_MAX_AGE = environment.minutes("PREVIEW_MINUTES", 60, least=1) * 60
CMS_SHARED_PREVIEW_MAX_AGE = environment.minutes("SHARED_PREVIEW_MINUTES", 30, least=1) * 60
# Days that versions of content are kept that were never published and that nothing needs; 0 keeps all.
CMS_REVISION_DAYS = environment.days("REVISION_DAYS", 0)
# How far ahead a share link may expire.
CMS_SHARE_MAX_DAYS = environment.days("SHARE_MAX_DAYS", 30, least=1)

# Requests that a process answers at a time.
CMS_WEB_THREADS = environment.number("WEB_THREADS", 4, least=1, most=1_000)
# The address of this machine that the web server and a worker's figures listen on: beyond 127.0.0.1 only within a pod.
CMS_WEB_HOST = environment.ip_address("WEB_HOST", "127.0.0.1")
# Read by scripts/web and scripts/serve; looked at here, so that a wrong one stops the start.
environment.number("WEB_WORKERS", 2, least=1, most=1_000)
environment.choice("TASK_WORKERS", ["1", "0"])

# What votes are signed and sealed by; another one would let voters vote again and break the seals.
CMS_POLLS_KEY = environment.text("POLLS_KEY")
# Keys that a database must not meet another of: cms/operations/installation.py.
CMS_KEYS_OF_ROWS = {"POLLS_KEY": "polls.keys"}
CMS_POLL_SEAL_SECONDS = environment.number("POLL_SEAL_SECONDS", 2)
CMS_POLL_DIGEST_DAYS = environment.days("POLL_DIGEST_DAYS", 30, least=1)
# Ballots of one network in ten minutes that are shown to editors as a burst.
CMS_POLL_BURST_BALLOTS = environment.number("POLL_BURST_BALLOTS", 30, least=2)
# Rounds of PBKDF2 in each of the 256 tries that a proof of work takes on average.
CMS_POLL_PROOF_COST = environment.number("POLL_PROOF_COST", 2000, least=1)
# Seconds from a page view to the figures of its day; docs/visits.md promises that no more than one second is at risk.
CMS_VISIT_COUNT_SECONDS = 0.5
# Days after its own for which the digest of a visitor is kept.
CMS_VISIT_DIGEST_DAYS = environment.days("VISIT_DIGEST_DAYS", 1)

# What editors read in the admin, with its pictures (docs/testing.md says how these are made).
CMS_EDITORS_GUIDE = BASE_DIR / "docs" / "editors.md"
STATICFILES_DIRS = [("guide", BASE_DIR / "docs" / "images" / "editors")]
