"""What the server trusts, and what it tells browsers."""

from __future__ import annotations

from settings.base import SITE_URL
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

X_FRAME_OPTIONS = "DENY"  # Wagtail lifts it for its previews
# Servers of map tiles want to know from where they are asked; nobody learns of which page.
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
