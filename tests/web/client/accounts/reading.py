"""The page of an account as its reader reads it."""

import re
from html import unescape

OLDER = re.compile(r'href="([^"]*)"[^>]*>Opérations plus anciennes<')
CAPTION = re.compile(r'id="releve"[^>]*>([^<]*)<')


def page_of(signed_in, account, query=""):
    return page_at(signed_in, f"/comptes/{account.public_id}/{query}")


def page_at(signed_in, path):
    response = signed_in.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def cells(page, name):
    found = re.findall(rf'class="{name}[^"]*">(?:<time[^>]*>)?([^<]*)<', page)
    return [unescape(text).replace("\u202f", " ") for text in found]


def caption_of(page):
    return unescape(CAPTION.search(page).group(1)).replace("\u00a0", " ")


def older_path(page):
    found = OLDER.search(page)
    return unescape(found.group(1)) if found else ""


def lines_of(page):
    """Date, label, amount and balance after, line by line."""
    columns = ("ledger-date", "ledger-what", "ledger-amount", "ledger-after")
    return list(zip(*(cells(page, name) for name in columns), strict=True))


def all_lines(signed_in, account, query=""):
    """The lines of every page, from the newest on, as far as « Opérations plus anciennes » leads."""
    page = page_of(signed_in, account, query)
    lines, pages = lines_of(page), 1
    while path := older_path(page):
        page = page_at(signed_in, path)
        lines += lines_of(page)
        pages += 1
        assert pages < 100
    return lines
