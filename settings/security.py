"""What the server trusts, and what it tells browsers."""

from __future__ import annotations

from settings.base import FRONTEND_ORIGIN, SITE_ORIGIN, SITE_URL
from settings.environment import environment
from settings.storage import MEDIA_ORIGINS

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

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
    "visit": environment.rate("RATE_LIMIT_VISIT", "600/60"),
    "write": environment.rate("RATE_LIMIT_WRITE", "60/60"),
}
# Ours: a frontend's server on this machine asks for all readers.
CMS_RATE_EXEMPT = environment.networks("RATE_LIMIT_EXEMPT", "127.0.0.0/8,::1/128")

# By the address that browsers use: a cookie marked as secure would not come back over plain HTTP on loopback.
HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = False  # the admin's scripts read it
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Whose pages may read answers of the endpoint and, with their readers' cookies, vote; no page may read anything else.
CORS_ALLOWED_ORIGINS = list(dict.fromkeys([FRONTEND_ORIGIN, *environment.origins("CORS_ALLOWED_ORIGINS")]))
CORS_URLS_REGEX = r"^/graphql/$"
CORS_ALLOW_CREDENTIALS = True
CORS_ALLOW_METHODS = ["GET", "POST"]
CORS_ALLOW_HEADERS = ["accept", "accept-language", "content-type", "if-none-match"]
CORS_EXPOSE_HEADERS = ["etag", "retry-after", "x-request-id"]
CORS_PREFLIGHT_MAX_AGE = 24 * 60 * 60  # seconds; browsers shorten it to what they find right

X_FRAME_OPTIONS = "DENY"  # Wagtail lifts it for its previews
# Servers of map tiles want to know from where they are asked; nobody learns of which page.
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

# What a page may load, by the beginning of its path; what stands first is taken. No script stands in a page itself, and
# none is made from text. Who may frame a page is added from its X-Frame-Options.
SELF, NONE = "'self'", "'none'"
PICTURES = [SELF, SITE_ORIGIN, "data:", "blob:", *MEDIA_ORIGINS]
CMS_CONTENT_SECURITY = {
    "/admin/": {
        "default-src": [NONE],
        "script-src": [SELF],
        # One text of an event handler, "return;": by setting it, Jcrop finds out which events there are.
        "script-src-attr": ["'unsafe-hashes'", "'sha256-i+qr4lq34KgNHiW62lWi9aInEBwiEOrfCzaNPCvkqD8='"],
        "style-src": [SELF, "'unsafe-inline'"],  # the rich text editor adds style elements as it goes
        "img-src": [*PICTURES, "https://i.ytimg.com", "https://i.vimeocdn.com"],  # covers of embedded videos
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF, FRONTEND_ORIGIN],  # previews
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
    # The form for a document's password; of documents themselves, see below.
    "/documents/": {"default-src": [NONE], "form-action": [SELF], "base-uri": [NONE]},
    "/": {"default-src": [NONE], "form-action": [NONE], "base-uri": [NONE]},
}
# A file that is opened as a page: it does nothing, and is of no origin.
CMS_FILE_SECURITY = {"default-src": [NONE], "sandbox": []}
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
# Pictures are there for other sites' pages.
CMS_SHARED_PATHS = ("/media/",)
