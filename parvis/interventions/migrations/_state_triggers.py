"""The triggers by which the database itself refuses a change of state that the machine does not hold.

SQLite drops them with the table when it rebuilds it: a migration that alters `interventions_intervention` ends with
`write_triggers`.
"""

PAIRS = (
    ("reported", "acknowledged"), ("reported", "rejected"), ("reported", "merged"), ("reported", "cancelled"),
    ("acknowledged", "quote_requested"), ("acknowledged", "ordered"), ("acknowledged", "on_hold"),
    ("acknowledged", "rejected"),
    ("quote_requested", "awaiting_approval"), ("quote_requested", "on_hold"), ("quote_requested", "rejected"),
    ("awaiting_approval", "ordered"), ("awaiting_approval", "rejected"), ("awaiting_approval", "on_hold"),
    ("ordered", "scheduled"), ("ordered", "in_progress"), ("ordered", "on_hold"), ("ordered", "cancelled"),
    ("scheduled", "in_progress"), ("scheduled", "ordered"), ("scheduled", "cancelled"),
    ("in_progress", "done"), ("in_progress", "on_hold"),
    ("on_hold", "acknowledged"), ("on_hold", "quote_requested"), ("on_hold", "awaiting_approval"),
    ("on_hold", "ordered"), ("on_hold", "in_progress"),
    ("done", "closed"), ("done", "acknowledged"), ("closed", "acknowledged"),
)
REOPENINGS = (("done", "acknowledged"), ("closed", "acknowledged"))
TABLE = "interventions_intervention"


def listed(pairs):
    return ", ".join(f"'{before}>{after}'" for before, after in pairs)


# A case of the books that nobody touched (version 0) says what the books say.
BEGINS_WRONG = "NEW.version > 0 AND NEW.state <> 'reported'"
CHANGES_WRONG = f"""
    NOT (OLD.version = 0 AND NEW.version = 0)
    AND (
        NEW.version < OLD.version
        OR (
            NEW.state <> OLD.state
            AND (
                NEW.version <> OLD.version + 1
                OR (OLD.state || '>' || NEW.state) NOT IN ({listed(PAIRS)})
                OR (OLD.state = 'on_hold' AND OLD.held_from <> '' AND NEW.state <> OLD.held_from)
                OR (
                    (OLD.state || '>' || NEW.state) IN ({listed(REOPENINGS)})
                    AND NEW.reopened_count <> OLD.reopened_count + 1
                )
            )
        )
    )
"""
DROP = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS intervention_begins_reported",
        "DROP TRIGGER IF EXISTS intervention_follows_the_machine",
    ),
    "postgresql": (
        f"DROP TRIGGER IF EXISTS intervention_begins_reported ON {TABLE}",
        f"DROP TRIGGER IF EXISTS intervention_follows_the_machine ON {TABLE}",
        "DROP FUNCTION IF EXISTS interventions_refuse_state()",
    ),
}
WRITE = {
    "sqlite": (
        f"CREATE TRIGGER intervention_begins_reported BEFORE INSERT ON {TABLE} WHEN {BEGINS_WRONG} "
        "BEGIN SELECT RAISE(ABORT, 'intervention_begins_reported'); END",
        f"CREATE TRIGGER intervention_follows_the_machine BEFORE UPDATE ON {TABLE} WHEN {CHANGES_WRONG} "
        "BEGIN SELECT RAISE(ABORT, 'intervention_follows_the_machine'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION interventions_refuse_state() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = TG_NAME; END $$",
        f"CREATE TRIGGER intervention_begins_reported BEFORE INSERT ON {TABLE} FOR EACH ROW WHEN ({BEGINS_WRONG}) "
        "EXECUTE FUNCTION interventions_refuse_state()",
        f"CREATE TRIGGER intervention_follows_the_machine BEFORE UPDATE ON {TABLE} FOR EACH ROW "
        f"WHEN ({CHANGES_WRONG}) EXECUTE FUNCTION interventions_refuse_state()",
    ),
}


def write_triggers(_apps, schema_editor):
    for statement in (*DROP[schema_editor.connection.vendor], *WRITE[schema_editor.connection.vendor]):
        schema_editor.execute(statement)


def drop_triggers(_apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
