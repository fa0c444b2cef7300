"""Tags and filters of every template: `{% load ui %}`. They print; they query nothing."""

from datetime import date
from functools import lru_cache

from django import template
from django.template import Context, Node, defaulttags
from django.template.base import Parser, Token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from parvis.kit import french_dates, money, typography, words
from parvis.people.rules import Duty
from parvis.web.ui import icons, stylesheet
from parvis.web.ui.staff_menu import ON_A_PHONE, entries_for, rest_of

register = template.Library()

ICONS = {name: mark_safe(drawing) for name, drawing in icons.SVGS.items()}  # noqa: S308 -- constants of ours # nosec B308 B703

register.filter("money", money.format_cents)
register.filter("balance", money.format_balance)
register.filter("balance_words", money.balance_words)
register.filter("long_date", french_dates.long_date)
register.filter("weekday_date", french_dates.weekday_date)
register.filter("short_date", french_dates.short_date)
register.filter("month_and_year", french_dates.month_and_year)
register.filter("of_month", french_dates.of_month)
register.filter("clock", french_dates.clock)
register.filter("long_instant", french_dates.long_instant)
register.filter("typographic", typography.typographic)
register.filter("phone", typography.format_phone)
register.filter("phone_target", typography.phone_target)
register.filter("iban", typography.group_iban)
register.filter("initials", typography.initials)
register.filter("of_name", words.of_name)


@register.filter
def iso(day: date) -> str:
    """« 2026-11-23 », for the datetime attribute of a time element."""
    return day.isoformat()


@register.filter
def capitalized(text: str) -> str:
    """« lundi 23 novembre » -> « Lundi 23 novembre »: the rest stays as it is."""
    return text[:1].upper() + text[1:]


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "home" %}`: an icon of `parvis/web/ui/icons.py`, always beside a word."""
    return ICONS[name]


class FixedPath(Node):
    """The address of a page without parameters: found once."""

    def __init__(self, url: Node) -> None:
        self.url = url
        self.path = ""

    def render(self, context: Context) -> str:
        self.path = self.path or self.url.render(context)
        return self.path


@register.tag("url")
def url(parser: Parser, token: Token) -> Node:
    """`{% url "client:home-index" %}`, as Django's."""
    node = defaulttags.url(parser, token)
    is_fixed = isinstance(node.view_name.var, str) and not (node.args or node.kwargs or node.asvar)
    return FixedPath(node) if is_fixed else node


@register.simple_tag
def stylesheet_path(hue: int) -> str:
    """`{% stylesheet_path branding.hue %}`: the address of the stylesheet of signed-in pages."""
    return stylesheet.full_path(hue)


@register.simple_tag
def inline_stylesheet(hue: int) -> SafeString:
    """`{% inline_stylesheet branding.hue %}`: the style element of public pages."""
    return mark_safe(stylesheet.public_style_element(hue))  # noqa: S308 -- our own files # nosec B308 B703


@register.simple_tag
@lru_cache(maxsize=512)
def menu(agency: str, section: str, unread: int = 0, logo: str = "") -> SafeString:
    """`{% menu branding.name section unread branding.logo %}`: the main navigation, made once for all alike."""
    context = {"name": agency, "section": section, "unread": unread, "logo": logo}
    return render_to_string("components/menu.html", context)


@register.simple_tag
@lru_cache(maxsize=128)
def bell(unread: int) -> SafeString:
    """`{% bell unread %}`: the notifications and how many are not read, on phones; larger screens have the menu."""
    return render_to_string("components/bell.html", {"unread": unread})


@register.simple_tag
@lru_cache(maxsize=512)
def staff_menu(  # noqa: PLR0917 -- a tag has no names
    agency: str,
    section: str,
    is_client: bool,  # noqa: FBT001
    duties: frozenset[Duty],
    logo: str = "",
) -> SafeString:
    """`{% staff_menu branding.name section is_client duties branding.logo %}`: that of the staff."""
    entries = entries_for(duties)
    rest = rest_of(entries)
    context = {
        "name": agency,
        "logo": logo,
        "section": section,
        "is_client": is_client,
        "entries": entries[:ON_A_PHONE],
        "rest": rest,
        "is_in_rest": section in {"more", "security", "help", *(entry.section for entry in rest)},
    }
    return render_to_string("components/staff_menu.html", context)


@register.simple_tag
@lru_cache(maxsize=1)
def footer() -> SafeString:
    """`{% footer %}`: the legal links, the same for all, so made once."""
    return render_to_string("components/footer.html")


@register.simple_tag
@lru_cache(maxsize=512)
def contact_card(name: str, duty: str, phone: str, email: str, away: str = "") -> SafeString:  # noqa: PLR0917 -- a tag
    """`{% contact_card name duty phone email away %}`: somebody of the agency, the same for all, so made once."""
    context = {"name": name, "duty": duty, "phone": phone, "email": email, "away": away}
    return render_to_string("components/contact.html", context)


@register.simple_tag
@lru_cache(maxsize=1)
def head() -> SafeString:
    """`{% head %}`: what every page says to the browser before its title."""
    return render_to_string("components/head.html")


@register.simple_tag
@lru_cache(maxsize=512)
def brand(agency: str, logo: str = "") -> SafeString:
    """`{% brand branding.name branding.logo %}`: the agency's mark, or its logo, and its name."""
    return render_to_string("components/brand.html", {"name": agency, "logo": logo})
