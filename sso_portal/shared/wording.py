"""Dates, amounts and durations in the active language, for templates, mails and notices alike."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import get_format
from django.utils.translation import get_language, gettext, ngettext, pgettext

from sso_portal.shared import clock

Number = int | float | Decimal


def number(value: Number | None, decimals: int = 1) -> str:
    """1.732,5 in Danish, 1,732.5 in English; a decimal part of zero is left out."""
    if value is None:
        return ""
    if isinstance(value, int):
        text = f"{value:,}"
    else:
        exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        whole, _, rest = f"{exact:,}".partition(".")
        text = f"{whole}.{rest}" if rest.strip("0") else whole
    separators = {
        ord(","): get_format("THOUSAND_SEPARATOR"),
        ord("."): get_format("DECIMAL_SEPARATOR"),
    }
    return text.translate(separators)


def kroner(value: Number | None) -> str:
    """1.250.000 kr. in Danish, DKK 1,250,000 in English; whole kroner."""
    if value is None:
        return ""
    return gettext("DKK {amount}").format(amount=number(value, decimals=0))


def hours(value: Number | None) -> str:
    """1.732 timer; below ten hours with one decimal, where it matters."""
    if value is None:
        return ""
    amount = number(value, decimals=1 if abs(value) < 10 else 0)
    return ngettext("{amount} hour", "{amount} hours", 1 if value == 1 else 2).format(amount=amount)


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _date(value: date | datetime) -> date:
    value = _local(value)
    return value.date() if isinstance(value, datetime) else value


def day(value: date | datetime | None) -> str:
    """3. november 2025"""
    if not value:
        return ""
    return format_date(_local(value), pgettext("date format", "j F Y"))


def day_short(value: date | datetime | None) -> str:
    """03.11.2025"""
    if not value:
        return ""
    return format_date(_local(value), pgettext("date format", "d/m/Y"))


def day_this_year(value: date | datetime | None) -> str:
    """3. november, with the year only when it is another one than today's."""
    if not value:
        return ""
    return _day_in(_date(value), clock.today())


def _day_in(value: date, today: date) -> str:
    if value.year != today.year:
        return day(value)
    return format_date(value, pgettext("date format", "j F"))


def time_of_day(value: datetime | None) -> str:
    """14.05"""
    if not value:
        return ""
    return format_date(_local(value), pgettext("time format", "H:i"))


def moment(value: datetime | None) -> str:
    """3. november 2025 kl. 14.05"""
    if not value:
        return ""
    return gettext("{day} at {time}").format(day=day(value), time=time_of_day(value))


def since(value: date | datetime | None) -> str:
    """siden 3. november, 19 dage"""
    if not value:
        return ""
    return _since(_date(value), clock.today(), get_language())


# A list says the same few things in every row.
@lru_cache(maxsize=2048)
def _since(start: date, today: date, language: str | None) -> str:
    days = (today - start).days
    if days <= 0:
        return gettext("since today")
    return ngettext("since {day}, {days} day", "since {day}, {days} days", days).format(
        day=_day_in(start, today), days=number(days)
    )


def until(value: date | datetime | None) -> str:
    """om 4 dage, i morgen, i dag; what has passed: for 2 dage siden"""
    if not value:
        return ""
    days = (_date(value) - clock.today()).days
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days > 0:
        return ngettext("in {days} day", "in {days} days", days).format(days=number(days))
    return ngettext("{days} day ago", "{days} days ago", -days).format(days=number(-days))


def due(value: date | datetime | None) -> str:
    """frist om 4 dage, frist i dag, frist overskredet med 2 dage"""
    if not value:
        return ""
    late = (clock.today() - _date(value)).days
    if late <= 0:
        return gettext("due {when}").format(when=until(value))
    return ngettext("{days} day overdue", "{days} days overdue", late).format(days=number(late))
