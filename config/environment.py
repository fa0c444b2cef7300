"""Read the environment strictly: every wrong variable is named, with what to set, before anything starts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")
YES = ("1", "true", "yes", "oui")
NO = ("0", "false", "no", "non", "")
SHORTEST_KEY = 50
SHORTEST_TOKEN = 32
WIDEST_TRUST = 8
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
PUBLISHED_KEY = "published-key-of-the-demonstration-and-of-development-only"


class StartRefused(SystemExit):
    """The environment is wrong: the process ends here, with sentences and without a traceback."""

    def __init__(self, problems: list[str]) -> None:
        lines = "\n".join(f"  - {problem}" for problem in problems)
        super().__init__(f"Parvis ne démarre pas :\n{lines}")


@dataclass(kw_only=True)
class Environment:
    """The variables of one process. Readers note a problem and go on; `refuse_if_wrong` ends the list."""

    variables: Mapping[str, str]
    problems: list[str] = field(default_factory=list)

    def wrong(self, name: str, sentence: str) -> None:
        """Note that the variable `name` cannot be used, and why."""
        self.problems.append(f"{name} {sentence}")

    def refuse_if_wrong(self) -> None:
        """Raise `StartRefused` with every problem noted so far."""
        if self.problems and not self.text("PARVIS_ENV"):
            self.wrong("PARVIS_ENV", "n’est pas défini, donc vaut production : donnez development pour développer.")
        if self.problems:
            raise StartRefused(self.problems)

    def text(self, name: str, *, default: str = "") -> str:
        return self.variables.get(name, "").strip() or default

    def required(self, name: str, *, meaning: str) -> str:
        """A variable that has no default; `meaning` says in French what to set."""
        value = self.text(name)
        if not value:
            self.wrong(name, f"n’est pas défini : donnez {meaning}.")
        return value

    def choice(self, name: str, *, among: tuple[str, ...]) -> str:
        """One of a few words; nothing said means the first, which is the strictest."""
        value = self.text(name, default=among[0])
        if value not in among:
            self.wrong(name, f"vaut « {value} » : choisissez parmi {', '.join(among)}.")
            return among[0]
        return value

    def secret_key(self, *, public_host: bool) -> str:
        """The key that signs cookies; the published one is good enough where only this machine comes."""
        if not public_host:
            return self.text("SECRET_KEY", default=PUBLISHED_KEY)
        key = self.required("SECRET_KEY", meaning=f"{SHORTEST_KEY} signes au hasard au moins")
        known = key == PUBLISHED_KEY or key.startswith("django-insecure-")
        if key and (known or len(key) < SHORTEST_KEY or len(set(key)) < SHORTEST_KEY // 5):
            self.wrong("SECRET_KEY", f"est publique ou trop courte : donnez {SHORTEST_KEY} signes au hasard au moins.")
        return key

    def token(self, name: str) -> str:
        """A secret between machines, that nobody types; empty when there is none."""
        value = self.text(name)
        if value and len(value) < SHORTEST_TOKEN:
            self.wrong(name, f"est trop court : donnez {SHORTEST_TOKEN} signes au hasard au moins.")
        return value

    def email(self, name: str) -> str:
        """One plain address of mail; empty when there is none."""
        value = self.text(name)
        if value and not ADDRESS.fullmatch(value):
            self.wrong(name, f"vaut « {value} » : donnez une adresse de courriel seule, comme technique@exemple.fr.")
        return value

    def flag(self, name: str) -> bool:
        value = self.text(name).lower()
        if value not in YES + NO:
            self.wrong(name, f"vaut « {value} » : donnez true ou false.")
        return value in YES

    def number(self, name: str, *, default: int, at_least: int = 0) -> int:
        value = self.text(name, default=str(default))
        if not value.isdecimal() or int(value) < at_least:
            self.wrong(name, f"vaut « {value} » : donnez un nombre entier, {at_least} au moins.")
            return default
        return int(value)

    def names(self, name: str) -> list[str]:
        """A list separated by commas."""
        return [item.strip() for item in self.text(name).split(",") if item.strip()]

    def networks(self, name: str, *, default: list[str]) -> list[str]:
        """Addresses or ranges of addresses, as `192.0.2.1` or `10.0.0.0/8`."""
        networks = self.names(name) or default
        for network in networks:
            try:
                width = ip_network(network).prefixlen
            except ValueError:
                self.wrong(name, f"contient « {network} » : donnez des adresses IP, comme 192.0.2.1 ou 10.0.0.0/8.")
                continue
            if width < WIDEST_TRUST:
                self.wrong(name, f"croit « {network} », donc presque tout le monde : donnez l’adresse de vos relais.")
        return networks

    def hosts(self, name: str, *, default: list[str]) -> list[str]:
        """Host names the site answers to; a wildcard would let a forged Host header through."""
        hosts = self.names(name) or default
        if any("*" in host for host in hosts):
            self.wrong(name, "contient « * » : nommez chaque hôte du site, séparés par des virgules.")
        if any("/" in host or ":" in host for host in hosts if not host.startswith("[")):
            self.wrong(name, "contient une adresse : donnez des noms d’hôte seuls, sans https:// ni port.")
        return hosts

    def host(self, name: str) -> str:
        """One host name, with its port where it has one; empty when there is none."""
        value = self.text(name).lower()
        if value and (
            urlsplit(f"//{value}").netloc != value or urlsplit(f"//{value}").hostname is None or "*" in value
        ):
            self.wrong(name, f"vaut « {value} » : donnez un nom d’hôte seul, comme gestion.exemple.fr.")
        return value

    def scanner(self, name: str) -> str:
        """« host:port », or the absolute path of a socket; empty when nothing is said."""
        value = self.text(name)
        host, _, port = value.rpartition(":")
        if value and not value.startswith("/") and not (host and port.isdigit()):
            self.wrong(name, f"vaut « {value} » : donnez hôte:port, comme 127.0.0.1:3310, ou le chemin d’une socket.")
        return value

    def origin(self, name: str, *, default: str) -> SplitResult:
        """A scheme and a host, nothing after."""
        value = self.text(name, default=default).rstrip("/")
        url = urlsplit(value)
        if not value:
            self.required(name, meaning="l’adresse du site, comme https://espace.exemple.fr")
            return url
        if url.scheme not in ("http", "https") or not url.hostname or url.path or url.query:
            self.wrong(name, f"vaut « {value} » : donnez l’adresse du site, comme https://espace.exemple.fr.")
        return url

    def database(self, name: str, *, default: str) -> dict[str, object]:
        """`sqlite:///path` or `postgresql://user:password@host:port/name`, as Django wants it."""
        value = self.text(name, default=default)
        url = urlsplit(value)
        if not value:
            self.required(name, meaning="la base, comme postgresql://utilisateur:motdepasse@hôte:5432/base")
            return sqlite(Path("unset.sqlite3"))
        if url.scheme == "sqlite" and len(url.path) > 1:
            return sqlite(Path(unquote(url.path[1:])))
        if url.scheme in ("postgresql", "postgres") and len(url.path) > 1:
            return postgresql(url)
        self.wrong(
            name,
            "n’est pas lisible : donnez postgresql://utilisateur:motdepasse@hôte:5432/base "
            "ou sqlite:///chemin/du/fichier.sqlite3.",
        )
        return sqlite(Path("unreadable.sqlite3"))


def is_loopback(host: str | None) -> bool:
    """Whether only this machine can reach `host`."""
    return host is not None and (host in LOOPBACK or host.endswith(".localhost"))


def sqlite(path: Path) -> dict[str, object]:
    """One file; writers queue up to 20 s for their turn, readers never wait."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def postgresql(url: SplitResult) -> dict[str, object]:
    """A lasting connection a thread, tried before use so that a restart of the database goes unnoticed.

    A statement that comes back a sixth time on a connection is planned for good.
    """
    parameters = dict(parse_qsl(url.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path[1:]),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": parameters.get("host", unquote(url.hostname or "")),
        "PORT": parameters.get("port", str(url.port or "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, "server_side_binding": True, "prepare_threshold": 5},
    }
