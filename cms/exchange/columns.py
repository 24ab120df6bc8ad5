"""The columns of a record: what an attribute of an object is in a file, and how it comes back.

Values are JSON. A cell of a spreadsheet is text, a number or a date; what it can't hold, spreadsheets leave out.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone, translation
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Site

from cms.content.normalizing import UNUSABLE, usable
from cms.content.numbers import whole_number
from cms.exchange.files import Files
from cms.exchange.references import LeftOut, References

LOCAL = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
YES, NO = {"true", "1", "yes", "có", "x", "đúng"}, {"false", "0", "no", "không", "", "sai"}


@dataclass
class Exchange:
    """What one import or export has at hand. `user` is None where a command is trusted."""

    references: References
    files: Files = field(default_factory=Files)
    user: Any = None
    is_trial: bool = False
    #: Columns in which something was left out that comes later in the file.
    left_out: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Column:
    """An attribute of an object. `name` is the attribute's; `label` says it in the language of who reads."""

    name: str
    label: Any = ""
    #: Whether a cell of a spreadsheet holds it.
    is_flat: bool = True
    is_list: bool = False
    #: Whether it may be left empty; else an empty cell leaves it as it is.
    can_be_empty: bool = True

    def read(self, instance: Any, exchange: Exchange) -> Any:
        """The attribute as JSON."""
        return getattr(instance, self.name)

    def write(self, instance: Any, value: Any, exchange: Exchange) -> None:
        """Set the attribute. Raises ValidationError where the value is none for it."""
        setattr(instance, self.name, self.parse(value))

    def parse(self, value: Any) -> Any:
        """The attribute's value from that of a record."""
        return value

    def schema(self) -> dict[str, Any]:
        """JSON Schema of the value."""
        return {}

    def described(self) -> dict[str, Any]:
        """The same, with the English label."""
        with translation.override("en"):
            return {**self.schema(), "description": str(self.label or self.name)}


@dataclass(frozen=True)
class TextColumn(Column):
    """A line or several of text."""

    def read(self, instance: Any, exchange: Exchange) -> Any:
        # What is stored from before forms left such characters out comes in again, too.
        value = super().read(instance, exchange)
        return usable(value) if isinstance(value, str) else value

    def parse(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool | dict | list):
            raise ValidationError(_("This is no text."))
        text = unicodedata.normalize("NFC", str(value))
        if UNUSABLE.search(text):
            raise ValidationError(_("This has characters that no text has."))
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


@dataclass(frozen=True)
class YesNoColumn(Column):
    """Yes or no."""

    def parse(self, value: Any) -> bool:
        if isinstance(value, bool):
            return value
        text = str("" if value is None else value).strip().casefold()
        if text in YES | NO:
            return text in YES
        raise ValidationError(_("Write yes or no: true or false, có or không, 1 or 0."))

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class NumberColumn(Column):
    """A number; a decimal one is text in a record, so that nothing of it is rounded."""

    field: Any = None

    def read(self, instance: Any, exchange: Exchange) -> Any:
        value = self.field.to_python(getattr(instance, self.name))
        if isinstance(value, Decimal):
            return format(round(value, self.field.decimal_places), "f")
        return value

    def parse(self, value: Any) -> Any:
        if value in (None, ""):
            return None
        if isinstance(value, bool | dict | list):
            raise ValidationError(_("This is no number."))
        text = str(value).strip()
        # In Vietnamese a comma stands before decimals.
        if "." not in text:
            text = text.replace(",", ".", 1)
        try:
            number = Decimal(text)
        except InvalidOperation as error:
            message = _("This is no number. Write 1234.5 or 1234,5, without a sign between thousands.")
            raise ValidationError(message) from error
        if not number.is_finite():
            raise ValidationError(_("This is no number."))
        if isinstance(self.field, models.IntegerField):
            if number != number.to_integral_value() or abs(number) > 2**63:
                raise ValidationError(_("This is no whole number."))
            return int(number)
        if isinstance(self.field, models.FloatField):
            return _float(number)
        # Excel holds 0,1 as 0.1000000000000000055.
        return Decimal(repr(value)) if isinstance(value, float) else number

    def schema(self) -> dict[str, Any]:
        kind = "integer" if isinstance(self.field, models.IntegerField) else "number"
        kinds = ["string"] if isinstance(self.field, models.DecimalField) else [kind]
        return {"type": [*kinds, "null"] if self.field.null else kinds[0]}


def _float(number: Decimal) -> float:
    made = float(number)
    if not math.isfinite(made):
        raise ValidationError(_("This is no number."))
    return made


@dataclass(frozen=True)
class DateColumn(Column):
    """A day: 2026-11-29, or 29/11/2026."""

    def read(self, instance: Any, exchange: Exchange) -> Any:
        value = getattr(instance, self.name)
        return value.isoformat() if value else None

    def parse(self, value: Any) -> Any:
        if value in (None, ""):
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        found = LOCAL.fullmatch(str(value).strip())
        try:
            day = (
                date(int(found[3]), int(found[2]), int(found[1])) if found else parse_date(str(value).strip())
            )
        except ValueError:
            day = None
        if day is None:
            raise ValidationError(_("This is no date. Write 29/11/2026 or 2026-11-29."))
        return day

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "null"], "format": "date"}


@dataclass(frozen=True)
class MomentColumn(Column):
    """A moment: 2026-11-29T08:30:00+07:00, or 29/11/2026 08:30 by the portal's clock."""

    def read(self, instance: Any, exchange: Exchange) -> Any:
        value = getattr(instance, self.name)
        return timezone.localtime(value).isoformat() if value else None

    def parse(self, value: Any) -> Any:
        if value in (None, ""):
            return None
        moment = value if isinstance(value, datetime) else self._written(value)
        try:
            aware = timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment
            if aware:
                # In the first hours of the year 1 and the last of 9999, one of the two clocks has no such day.
                timezone.localtime(aware.astimezone(UTC))
        except OverflowError:
            aware = None
        if aware is None:
            message = _("This is no date with a time. Write 29/11/2026 08:30 or 2026-11-29T08:30:00+07:00.")
            raise ValidationError(message)
        return aware

    def _written(self, value: Any) -> datetime | None:
        if isinstance(value, date):
            return datetime.combine(value, time())
        text = str(value).strip()
        try:
            if found := LOCAL.fullmatch(text):
                day, month, year, *clock = (int(part or 0) for part in found.groups())
                return datetime(year, month, day, *clock)  # noqa: DTZ001 - the caller makes it aware
            if day := parse_date(text):
                return datetime.combine(day, time())
            return parse_datetime(text)
        except ValueError:
            return None

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "null"], "format": "date-time"}


@dataclass(frozen=True)
class JsonColumn(Column):
    """Any JSON; a form checks what it is."""

    field: Any = None

    def parse(self, value: Any) -> Any:
        if value in (None, ""):
            return None
        if isinstance(value, str):
            try:
                value = orjson.loads(value)
            except orjson.JSONDecodeError as error:
                raise ValidationError(_("This is no JSON.")) from error
        return self.field.formfield().clean(orjson.dumps(value).decode())


@dataclass(frozen=True)
class ReferenceColumn(Column):
    """Another object, by its name."""

    model: Any = None
    is_required: bool = False

    def read(self, instance: Any, exchange: Exchange) -> Any:
        attname = instance._meta.get_field(self.name).attname
        return exchange.references.name_of(self.model, getattr(instance, attname))

    def write(self, instance: Any, value: Any, exchange: Exchange) -> None:
        setattr(instance, self.name, self._found(value, exchange))

    def _found(self, value: Any, exchange: Exchange) -> Any:
        if value in (None, ""):
            return None
        try:
            return self.find(value, exchange)
        except LeftOut:
            exchange.left_out.add(self.name)
            return None

    def find(self, value: Any, exchange: Exchange) -> Any:
        """The object that a record means."""
        return exchange.references.resolve(self.model, TextColumn(self.name).parse(value).strip())

    def schema(self) -> dict[str, Any]:
        return {"type": "string" if self.is_required else ["string", "null"]}


@dataclass(frozen=True)
class SiteColumn(Column):
    """A website, by its host."""

    def read(self, instance: Any, exchange: Exchange) -> Any:
        site = getattr(instance, self.name)
        return f"{site.hostname}:{site.port}" if site else None

    def write(self, instance: Any, value: Any, exchange: Exchange) -> None:
        site = None
        if value:
            host, _colon, port = str(value).partition(":")
            site = Site.objects.filter(hostname=host, port=whole_number(port) or 80).first()
            if site is None:
                raise ValidationError(_("There is no website “%(host)s”.") % {"host": value})
        setattr(instance, self.name, site)

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "null"]}


def label_of(field: Any) -> Any:
    """What forms call a field."""
    return capfirst(field.verbose_name)
