"""The trigger by which the database itself refuses that an order which is over comes back, or begun work is declined.

SQLite drops it with the table when it rebuilds it: a migration that alters `interventions_workorder` ends with
`write_triggers`.
"""

NAME = "order_does_not_come_back"
TABLE = "interventions_workorder"
WRONG = (
    "NEW.state <> OLD.state AND (OLD.state IN ('done', 'declined', 'withdrawn') "
    "OR (OLD.state = 'begun' AND NEW.state = 'declined'))"
)
DROP = {
    "sqlite": (f"DROP TRIGGER IF EXISTS {NAME}",),
    "postgresql": (
        f"DROP TRIGGER IF EXISTS {NAME} ON {TABLE}",
        "DROP FUNCTION IF EXISTS interventions_refuse_order()",
    ),
}
WRITE = {
    "sqlite": (
        f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} WHEN {WRONG} BEGIN SELECT RAISE(ABORT, '{NAME}'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION interventions_refuse_order() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = TG_NAME; END $$",
        f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN ({WRONG}) "
        "EXECUTE FUNCTION interventions_refuse_order()",
    ),
}


def write_triggers(_apps, schema_editor):
    for statement in (*DROP[schema_editor.connection.vendor], *WRITE[schema_editor.connection.vendor]):
        schema_editor.execute(statement)


def drop_triggers(_apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
