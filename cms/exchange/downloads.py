"""Pictures by their address, from the hosts that a setting names."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from cms.operations.outbound import ERRORS, InsideError, NoHostError, PlainError, Rules, request

MOST_REDIRECTS = 3
REDIRECTS = {301, 302, 303, 307, 308}
HEADERS = {"User-Agent": "portal-cms import", "Accept": "*/*", "Connection": "close"}


def downloaded(address: str, *, most: int) -> SimpleUploadedFile:
    """The file at a web address, of at most `most` bytes. Raises ValidationError where it may not or can't be had."""
    rules = Rules(most_bytes=most + 1, total_seconds=60)
    for _hop in range(MOST_REDIRECTS + 1):
        _check_host(address)
        try:
            answer = request("GET", address, headers=HEADERS, rules=rules)
        except (InsideError, NoHostError, PlainError, *ERRORS) as error:
            raise ValidationError(_("“%(address)s” can't be had.") % {"address": address}) from error
        if answer.status not in REDIRECTS or not answer.location:
            break
        address = urljoin(address, answer.location)
    if answer.status != 200:
        message = _("“%(address)s” answers %(status)d.")
        raise ValidationError(message % {"address": address, "status": answer.status})
    if len(answer.body) > most:
        message = _("“%(name)s” is larger than %(most)s.")
        raise ValidationError(message % {"name": address, "most": filesizeformat(most)})
    return SimpleUploadedFile(PurePosixPath(unquote(urlsplit(address).path)).name or "file", answer.body)


def _check_host(address: str) -> None:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    if host.lower() not in settings.CMS_IMPORT_HOSTS:
        message = _("Files of “%(host)s” may not be fetched: put them into the zip archive.")
        raise ValidationError(message % {"host": host})
