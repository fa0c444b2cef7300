"""The two pages of this issue in a browser: what they weigh, and when a person can use them."""

import statistics
from collections.abc import Iterator

from bench.browser import Address, chromium, times, weight
from bench.figures import Figure
from bench.sites import BARE, FIRST_PORT, Server, Site, Workshop, serving

WEIGHT = "Poids, en-têtes compris, rien en cache"
PAINT = "3G lente (400 ms, 400 kbit/s), processeur 4 fois plus lent"
SIGN_IN = ("input[name=identifier]", "input[name=password]", "form button:not([type=button])")
ACCUEIL = ("main a", "nav li a")
ENCODINGS = {"brotli": "gzip, deflate, br, zstd", "gzip": "gzip, deflate"}


def sign_in(server: Server) -> Address:
    """Usable: both fields and the button can be seen and take the focus."""
    return Address(server=server, path="/connexion/", needed=SIGN_IN)


def accueil(server: Server, site: Site) -> Address:
    """Usable: the first link of the page and of the menu can be seen and take the focus."""
    return Address(server=server, path="/", session=site.sessions["typical"]["product"], needed=ACCUEIL)


def bare_page(server: Server) -> Address:
    return Address(server=server, path="/page/")


def measure_weight(workshop: Workshop) -> Iterator[Figure]:
    site = workshop.small
    with serving(site, port=FIRST_PORT) as server, chromium() as browser:
        pages = {"Connexion": (sign_in(server), 14_000, 3), "Accueil": (accueil(server, site), 24_000, None)}
        for name, (address, most_bytes, most_requests) in pages.items():
            for encoding, accepted in ENCODINGS.items():
                size, requests = weight(browser, address, encodings=accepted)
                words = f"{name}, navigateur qui lit {encoding}"
                yield Figure(part=WEIGHT, words=words, value=size, unit="octets", at_most=most_bytes)
            words = f"{name} : requêtes"
            yield Figure(part=WEIGHT, words=words, value=requests, unit="", at_most=most_requests)


def measure_paint(workshop: Workshop) -> Iterator[Figure]:
    """Each round opens the bare page, the sign-in and the Accueil; ratios are taken within the round."""
    site, rounds = workshop.small, workshop.times(9, 3)
    with serving(site, port=FIRST_PORT) as server, serving(site, BARE) as bare, chromium() as browser:
        addresses = [bare_page(bare), sign_in(server), accueil(server, site)]
        for address in addresses:
            times(browser, address)
        found = [[times(browser, address) for address in addresses] for _ in range(rounds)]
    bare_paint = statistics.median(round_[0][0] for round_ in found)
    yield Figure(part=PAINT, words="page nue de 10 ko : premier affichage", value=bare_paint, unit="ms")
    for rank, (name, at_most) in enumerate((("Connexion", 1.6), ("Accueil", 2.0)), start=1):
        for moment, words in enumerate(("premier affichage", "utilisable")):
            value = statistics.median(round_[rank][moment] for round_ in found)
            ratio = statistics.median(round_[rank][moment] / round_[0][0] for round_ in found)
            target = at_most if moment else None
            yield Figure(part=PAINT, words=f"{name} : {words}", value=value, unit="ms")
            yield Figure(part=PAINT, words=f"{name} : {words} / page nue", value=ratio, unit="×", at_most=target)
