"""What the server trusts, and what it tells browsers."""

from __future__ import annotations

from settings.base import FRONTEND_ORIGIN, SITE_URL
from settings.environment import environment

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
