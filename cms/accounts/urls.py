"""Addresses below the admin's that take the place of Wagtail's, which keep the names."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.cache import never_cache

from cms.accounts import views
from cms.accounts.own_account import own_account

urlpatterns = [
    # Wagtail sends who may not read a private document yet to the address of this name.
    path("login/", never_cache(views.login), name="wagtailcore_login"),
    path("password_reset/", never_cache(views.password_reset)),
    path("account/", own_account),
]
