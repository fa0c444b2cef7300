"""How one variable is read."""

from config.environment import Environment


def test_postgresql_address_is_decoded():
    environment = Environment(variables={"DATABASE_URL": "postgresql://par%40vis:p%2Fss@db.exemple.fr:5433/espace"})

    database = environment.database("DATABASE_URL", default="")

    assert environment.problems == []
    assert (database["USER"], database["PASSWORD"], database["HOST"]) == ("par@vis", "p/ss", "db.exemple.fr")
    assert (database["PORT"], database["NAME"], database["CONN_HEALTH_CHECKS"]) == ("5433", "espace", True)


def test_postgresql_socket_is_a_parameter():
    environment = Environment(variables={"DATABASE_URL": "postgresql://parvis@/espace?host=/run/postgresql"})

    database = environment.database("DATABASE_URL", default="")

    assert (database["HOST"], database["NAME"]) == ("/run/postgresql", "espace")


def test_sqlite_writers_take_turns_and_readers_do_not_wait():
    environment = Environment(variables={"DATABASE_URL": "sqlite:////srv/parvis/espace.sqlite3"})

    database = environment.database("DATABASE_URL", default="")

    assert database["NAME"] == "/srv/parvis/espace.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_list_ignores_spaces_and_empty_items():
    environment = Environment(variables={"TRUSTED_PROXIES": " 192.0.2.1, ,192.0.2.2 "})

    assert environment.names("TRUSTED_PROXIES") == ["192.0.2.1", "192.0.2.2"]


def test_proxies_are_addresses_or_ranges():
    environment = Environment(variables={"TRUSTED_PROXIES": "192.0.2.1,10.0.0.0/8"})

    assert environment.networks("TRUSTED_PROXIES", default=[]) == ["192.0.2.1", "10.0.0.0/8"]
    assert environment.problems == []
