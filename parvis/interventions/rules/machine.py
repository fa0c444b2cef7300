"""Which state follows which, and who may have it follow. The database refuses every other change."""

CLIENT, STAFF, SUPPLIER, SYSTEM = "client", "staff", "supplier", "system"
WHOEVER_VISITS = frozenset({STAFF, SUPPLIER})
WHOEVER_PLANS = frozenset({STAFF, SUPPLIER, CLIENT})
THE_AGENCY = frozenset({STAFF})
WHOEVER_LIVES_WITH_IT = frozenset({STAFF, CLIENT})

# Back from `on_hold` there is one way only: to the state that was left for it.
TRANSITIONS: dict[tuple[str, str], frozenset[str]] = {
    ("reported", "acknowledged"): THE_AGENCY,
    ("reported", "rejected"): THE_AGENCY,
    ("reported", "merged"): THE_AGENCY,
    ("reported", "cancelled"): WHOEVER_LIVES_WITH_IT,
    ("acknowledged", "quote_requested"): THE_AGENCY,
    ("acknowledged", "ordered"): THE_AGENCY,
    ("acknowledged", "on_hold"): THE_AGENCY,
    ("acknowledged", "rejected"): THE_AGENCY,
    ("quote_requested", "awaiting_approval"): THE_AGENCY,
    ("quote_requested", "on_hold"): THE_AGENCY,
    ("quote_requested", "rejected"): THE_AGENCY,
    ("awaiting_approval", "ordered"): THE_AGENCY,
    ("awaiting_approval", "rejected"): THE_AGENCY,
    ("awaiting_approval", "on_hold"): THE_AGENCY,
    ("ordered", "scheduled"): WHOEVER_PLANS,
    ("ordered", "in_progress"): WHOEVER_VISITS,
    ("ordered", "on_hold"): THE_AGENCY,
    ("ordered", "cancelled"): THE_AGENCY,
    ("scheduled", "in_progress"): WHOEVER_VISITS,
    ("scheduled", "ordered"): WHOEVER_PLANS,
    ("scheduled", "cancelled"): THE_AGENCY,
    ("in_progress", "done"): WHOEVER_VISITS,
    ("in_progress", "on_hold"): THE_AGENCY,
    ("on_hold", "acknowledged"): THE_AGENCY,
    ("on_hold", "quote_requested"): THE_AGENCY,
    ("on_hold", "awaiting_approval"): THE_AGENCY,
    ("on_hold", "ordered"): THE_AGENCY,
    ("on_hold", "in_progress"): THE_AGENCY,
    ("done", "closed"): frozenset({STAFF, CLIENT, SYSTEM}),
    ("done", "acknowledged"): WHOEVER_LIVES_WITH_IT,
    ("closed", "acknowledged"): WHOEVER_LIVES_WITH_IT,
}
REOPENINGS = frozenset({("done", "acknowledged"), ("closed", "acknowledged")})
ENDED = ("closed", "rejected", "cancelled", "merged")


def is_possible(from_state: str, to_state: str, *, held_from: str = "") -> bool:
    """Whether the machine holds that change. A case of the books waits without a state to come back to: any will do."""
    if from_state == "on_hold" and held_from and to_state != held_from:
        return False
    return (from_state, to_state) in TRANSITIONS


def who_may(from_state: str, to_state: str) -> frozenset[str]:
    """The kinds of author that may make that change; nobody for one that the machine does not hold."""
    return TRANSITIONS.get((from_state, to_state), frozenset())


def next_states(state: str, *, held_from: str = "") -> tuple[str, ...]:
    """The states that may follow, in the order of the table."""
    return tuple(
        to for from_state, to in TRANSITIONS if from_state == state and is_possible(state, to, held_from=held_from)
    )
