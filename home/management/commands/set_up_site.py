from __future__ import annotations

import os
import sys
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cms.accounts.setting_up import set_up_roles
from home.setting_up import Wanted, set_up_site

#: Texts of SiteSettings that can be given, and what is asked for them.
TEXTS = {
    "name": "Name of the portal",
    "organization": "Organisation",
    "hotline": "Hotline",
    "email": "E-mail address of the portal",
}
#: As Django's `createsuperuser --no-input` reads them.
LOGIN = ("DJANGO_SUPERUSER_USERNAME", "DJANGO_SUPERUSER_EMAIL", "DJANGO_SUPERUSER_PASSWORD")


class Command(BaseCommand):
    help = (
        "Make an empty database a portal: a superuser, the roles, the home page, the site with its host name, "
        "languages and settings. Makes what is missing, changes only what is named, and may run again. On a terminal "
        f"it asks; else options say it, and {', '.join(LOGIN)} the first login."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        frontend = urlsplit(settings.FRONTEND_URL)
        parser.add_argument("--hostname", help=f"name that readers type; {frontend.hostname} on a new portal")
        parser.add_argument("--port", type=int, help="its port; that of FRONTEND_URL on a new portal")
        parser.add_argument("--home-title", default="Trang chủ", help="title of the home page, if it is made")
        for name, text in TEXTS.items():
            parser.add_argument(f"--{name}", default="", help=f"{text}; fills it where it is empty")
        parser.add_argument(
            "--language",
            action="append",
            default=[],
            choices=[code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES],
            help=f"one more language beside {settings.LANGUAGE_CODE}; may be given several times",
        )
        parser.add_argument("--no-input", action="store_false", dest="interactive", help="ask nothing")

    def handle(self, *, interactive: bool, **options: Any) -> None:
        asks = interactive and sys.stdin.isatty()
        has_superuser = get_user_model().objects.filter(is_superuser=True, is_active=True).exists()
        login = {} if has_superuser or asks else _login()
        wanted = self._wanted(options, asks=asks and not has_superuser)
        try:
            with transaction.atomic():
                done = set_up_site(wanted)
                if set_up_roles():
                    done.append("roles and their workflow")
                if login:
                    get_user_model().objects.create_superuser(**login)
                    done.append(f"superuser: {login['username']}")
        except ValidationError as error:
            wrong = [
                f"{_option(name)}: {' '.join(messages)}" for name, messages in error.message_dict.items()
            ]
            raise CommandError("; ".join(wrong)) from error
        self.stdout.write("\n".join(done) or "all there")
        if not has_superuser and asks:
            self.stdout.write("The first login, who may do everything:")
            call_command("createsuperuser", stdout=self.stdout)

    def _wanted(self, options: dict[str, Any], *, asks: bool) -> Wanted:
        frontend = urlsplit(settings.FRONTEND_URL)
        port = frontend.port or (443 if frontend.scheme == "https" else 80)
        hostname, texts = options["hostname"], {name: options[name] for name in TEXTS}
        if asks:
            hostname = hostname or _ask("Name that readers type", str(frontend.hostname))
            texts = {name: text or _ask(TEXTS[name], "") for name, text in texts.items()}
        return Wanted(
            hostname=hostname or "",
            port=options["port"],
            home_title=options["home_title"],
            languages=options["language"],
            settings=texts,
            default_hostname=str(frontend.hostname),
            default_port=port,
        )


def _option(name: str) -> str:
    """The option that sets a field; the field itself where none does."""
    return f"--{name}" if name in {*TEXTS, "hostname", "port"} else name


def _ask(what: str, default: str) -> str:
    shown = f"{what} [{default}]: " if default else f"{what} (may be empty): "
    return input(shown).strip() or default


def _login() -> dict[str, str]:
    """The first login, from the environment; raises CommandError where something is missing or the password is weak."""
    username, email, password = (os.environ.get(name, "") for name in LOGIN)
    if not (username and password):
        raise CommandError(
            f"There is no superuser yet: set {LOGIN[0]} and {LOGIN[2]}, or run this on a terminal, which asks."
        )
    try:
        validate_password(password, get_user_model()(username=username, email=email))
    except ValidationError as error:
        raise CommandError(f"{LOGIN[2]}: {' '.join(error.messages)}") from error
    return {"username": username, "email": email, "password": password}
