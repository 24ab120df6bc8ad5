"""What the server trusts, and what it tells browsers."""

from __future__ import annotations

from urllib.parse import urlsplit

from settings.base import CMS_BASEMAP, CMS_FRONTEND_ORIGINS, SITE_ORIGIN, SITE_URL
from settings.environment import environment
from settings.storage import MEDIA_ORIGINS

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "cms.accounts.passwords.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

AUTHENTICATION_BACKENDS = ["cms.accounts.backends.ThrottledBackend"]
WAGTAILADMIN_USER_LOGIN_FORM = "cms.accounts.forms.LoginForm"
PASSWORD_RESET_TIMEOUT = 60 * 60

# Wrong passwords for an account from one network, or one browser that it knows; and minutes that it is locked then.
CMS_SIGN_IN_FAILURES = environment.number("SIGN_IN_FAILURES", 5, least=1)
CMS_SIGN_IN_LOCK_MINUTES = environment.minutes("SIGN_IN_LOCK_MINUTES", 15, least=1)
# The same for all accounts from one network, in as many minutes: an office may stand behind one address.
CMS_SIGN_IN_NETWORK_FAILURES = environment.number("SIGN_IN_NETWORK_FAILURES", 50, least=1)
# And for an account from all networks together, within so many minutes; browsers that it knows are not under it.
CMS_SIGN_IN_ACCOUNT_FAILURES = environment.number("SIGN_IN_ACCOUNT_FAILURES", 30, least=1)
CMS_SIGN_IN_ACCOUNT_MINUTES = environment.minutes("SIGN_IN_ACCOUNT_MINUTES", 60, least=1)
# Mails in an hour for a forgotten password, to one address; five times as many asked for from one network.
CMS_RESETS = environment.number("PASSWORD_RESETS", 3, least=1)

# Who may not go without two-factor authentication; administrators are all who may change users.
CMS_REQUIRE_TWO_FACTOR = environment.choice("REQUIRE_TWO_FACTOR", ["off", "administrators", "all"])
OTP_TOTP_ISSUER = f"CMS {urlsplit(SITE_URL).hostname}"  # what apps call the account

# How long somebody stays logged in, at all and without doing anything.
CMS_SESSION_HOURS = environment.hours("SESSION_HOURS", 12, least=1)
CMS_SESSION_IDLE_MINUTES = environment.minutes("SESSION_IDLE_MINUTES", 60, least=5)

# Days that the log of accounts keeps addresses of clients, and its entries (cms/accounts/audit.py).
CMS_AUDIT_ADDRESS_DAYS = environment.days("AUDIT_ADDRESS_DAYS", 90)
CMS_AUDIT_LOG_DAYS = environment.days("AUDIT_LOG_DAYS", 730, least=1)

# Days that what was deleted can be restored.
CMS_TRASH_DAYS = environment.days("TRASH_DAYS", 30, least=1)

# How many proxies of our own stand before the server; what lies beyond them is not believed.
TRUSTED_PROXY_HOPS = environment.number("TRUSTED_PROXY_HOPS", 0)
if TRUSTED_PROXY_HOPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# How often one client may ask, by kind of request: reads count by their cost, a thousand points as one request more.
# Offices and mobile carriers share addresses: the limits are for crowds, and stop machines.
CMS_RATE_LIMITS = {
    "read": environment.rate("RATE_LIMIT_READ", "1200/60"),
    "preview": environment.rate("RATE_LIMIT_PREVIEW", "240/60"),
    "vote": environment.rate("RATE_LIMIT_VOTE", "120/60"),
    # Votes that one network may cast at all, and how many until a poll may ask for a proof of work.
    "ballot": environment.rate("RATE_LIMIT_BALLOT", "2000/3600"),
    "crowd": environment.rate("RATE_LIMIT_CROWD", "20/60"),
    "visit": environment.rate("RATE_LIMIT_VISIT", "600/60"),
    # Share links that one network opens, or tries.
    "share": environment.rate("RATE_LIMIT_SHARE", "30/60"),
    "write": environment.rate("RATE_LIMIT_WRITE", "60/60"),
}
# Networks of our own that `check_links` may ask, such as that of the portal itself; others inside it asks never.
CMS_LINK_CHECK_NETWORKS = environment.networks("LINK_CHECK_NETWORKS", "")
# Networks of our own that webhooks may lead to, also by plain HTTP; to others inside they lead never.
CMS_WEBHOOK_NETWORKS = environment.networks("WEBHOOK_NETWORKS", "")
# Hosts that imports may fetch pictures from, by TLS; none of them inside the network.
CMS_IMPORT_HOSTS = [host.lower() for host in environment.hosts("IMPORT_HOSTS")]
# Days that events and their deliveries are kept.
CMS_WEBHOOK_DAYS = environment.days("WEBHOOK_DAYS", 30, least=2)
# Ours: a frontend's server on this machine asks for all readers.
CMS_RATE_EXEMPT = environment.networks("RATE_LIMIT_EXEMPT", "127.0.0.0/8,::1/128")

# By the address that browsers use: a cookie marked as secure would not come back over plain HTTP on loopback.
HTTPS = SITE_URL.startswith("https://")
# Browsers take a cookie of this prefix only with Secure, for this host alone and all of its paths.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # not Strict: editors come from links in mails
SESSION_COOKIE_AGE = CMS_SESSION_HOURS * 60 * 60
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True  # the admin's scripts find the token in the page
CSRF_COOKIE_SAMESITE = "Lax"
CMS_BROWSER_COOKIE_NAME = f"{COOKIE_PREFIX}browser"
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Whose pages may read answers of the endpoint and, with their readers' cookies, vote; no page may read anything else.
CORS_ALLOWED_ORIGINS = list(
    dict.fromkeys([*CMS_FRONTEND_ORIGINS, *environment.origins("CORS_ALLOWED_ORIGINS")])
)
# The userbar is for who bears the token of a preview (docs/previews.md).
CORS_URLS_REGEX = r"^/(graphql|userbar)/$"
CORS_ALLOW_CREDENTIALS = True
CORS_ALLOW_METHODS = ["GET", "POST"]
CORS_ALLOW_HEADERS = [
    "accept",
    "accept-language",
    "content-type",
    "if-none-match",
    # What GraphQL clients send by themselves, or for Apollo's servers.
    "authorization",
    "apollo-require-preflight",
    "apollographql-client-name",
    "apollographql-client-version",
    "x-requested-with",
    # What libraries add that follow a request through several programs (W3C Trace Context, Baggage; Sentry).
    "baggage",
    "sentry-trace",
    "traceparent",
    "tracestate",
    *environment.header_names("CORS_ALLOWED_HEADERS"),
]
CORS_EXPOSE_HEADERS = ["etag", "ratelimit", "ratelimit-policy", "retry-after", "x-request-id"]
CORS_PREFLIGHT_MAX_AGE = 24 * 60 * 60  # seconds; browsers shorten it to what they find right

X_FRAME_OPTIONS = "DENY"  # Wagtail lifts it for its previews
# Servers of map tiles want to know from where they are asked; nobody learns of which page.
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

# What a page may load, by the beginning of its path; what stands first is taken. No script stands in a page itself, and
# none is made from text. Who may frame a page is added from its X-Frame-Options.
SELF, NONE = "'self'", "'none'"
PICTURES = [SELF, SITE_ORIGIN, "data:", "blob:", *MEDIA_ORIGINS]
BASEMAP_ORIGINS = ["/".join(CMS_BASEMAP["url"].split("/")[:3])] if "://" in CMS_BASEMAP["url"] else []
CMS_CONTENT_SECURITY = {
    "/admin/": {
        "default-src": [NONE],
        "script-src": [SELF],
        # One text of an event handler, "return;": by setting it, Jcrop finds out which events there are.
        "script-src-attr": ["'unsafe-hashes'", "'sha256-i+qr4lq34KgNHiW62lWi9aInEBwiEOrfCzaNPCvkqD8='"],
        "style-src": [SELF, "'unsafe-inline'"],  # the rich text editor adds style elements as it goes
        # Covers of embedded videos, too.
        "img-src": [*PICTURES, "https://i.ytimg.com", "https://i.vimeocdn.com", *BASEMAP_ORIGINS],
        "font-src": [SELF],
        "connect-src": [SELF, *BASEMAP_ORIGINS],
        "frame-src": [SELF, *CMS_FRONTEND_ORIGINS],  # previews
        "form-action": [SELF],
        "base-uri": [NONE],
    },
    "/graphiql/": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, "'unsafe-inline'"],  # its editor measures and places its lines so
        "img-src": [SELF, "data:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [NONE],
        "base-uri": [NONE],
    },
    "/preview/": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": PICTURES,
        "connect-src": [SELF],
        "form-action": [NONE],
        "base-uri": [NONE],
    },
    # The form for a share link's password; it ends at a frontend, which browsers count as a part of sending it.
    "/share/": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": ["data:"],  # an empty icon, so that browsers ask for none
        "form-action": [SELF, *CMS_FRONTEND_ORIGINS],
        "base-uri": [NONE],
    },
    # The form for a document's password; of documents themselves, see below.
    "/documents/": {"default-src": [NONE], "form-action": [SELF], "base-uri": [NONE]},
    "/": {"default-src": [NONE], "form-action": [NONE], "base-uri": [NONE]},
}
# A file that is opened as a page: it does nothing, and is of no origin.
CMS_FILE_SECURITY = {"default-src": [NONE], "sandbox": []}
# Browsers show it in a viewer of their own, which does not work in a sandbox.
CMS_PDF_SECURITY = {"default-src": [NONE]}
# Nothing here wants a reader's devices.
CMS_PERMISSIONS_POLICY = ", ".join(
    f"{name}=()"
    for name in [
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    ]
)
# What stands in the rest of the path opens something for whoever knows it: it goes into no log.
CMS_SECRET_PATHS = ("/share/", "/admin/password_reset/confirm/")
# Public pictures are there for other sites' pages, and the userbar's scripts for the previews of frontends.
CMS_SHARED_PATHS = ("/media/images/", "/media/original_images/", "/static/")
