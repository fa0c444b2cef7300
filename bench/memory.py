"""Memory of a web worker under preload, once it has served every page of a client and compared passwords."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from bench.figures import Figure
from bench.processes import proportional_bytes
from bench.sites import Server, Site, Visitor, Workshop, serving

PART = "Mémoire d’un processus web"
AT_MOST = 100.0  # MiB
VISITORS = 8
SOME_PASSWORD = "Soleil2024!"
PATHS = ("/", "/biens/", "/comptes/", "/interventions/", "/recherches/", "/autres/", "/profil/", "/agence/", "/aide/")


def visit(server: Server, site: Site, *, rounds: int) -> None:
    """Eight visitors at once, each on a connection of its own, so that every worker has its share."""

    def go_around(rank: int) -> None:
        who = ("typical", "much", "little")[rank % 3]
        for path in PATHS * rounds:
            Visitor(server, session=site.sessions[who]["product"]).get(path)
        Visitor(server).sign_in(identifier=f"M{rank + 1}", password=SOME_PASSWORD)

    with ThreadPoolExecutor(VISITORS) as pool:
        list(pool.map(go_around, range(VISITORS)))


def measure(workshop: Workshop) -> Iterator[Figure]:
    site = workshop.small
    with serving(site) as server:
        visit(server, site, rounds=workshop.times(20, 4))
        sizes = [proportional_bytes(pid) / 2**20 for pid in server.workers]
    words = f"PSS du plus gros des {len(sizes)} processus, après le service de toutes les pages"
    yield Figure(part=PART, words=words, value=max(sizes), unit="Mio", at_most=AT_MOST)
