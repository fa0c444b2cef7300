"""What the clock and the queue call: forgotten passwords looked up, the agencies warned, old rows erased."""

from parvis.people.actions import household, passwords, reads, shield, upkeep


def handle_forgotten_passwords() -> int:
    """After a request, and every minute; return how many requests were looked up."""
    return passwords.handle_waiting_requests()


def tell_of_shield() -> int:
    """When codes are tried at random, and every minute; return how many agencies were told."""
    return shield.tell_of_shield()


def forget_old() -> int:
    """Every night; return how many rows were erased, or ended."""
    return upkeep.forget_old() + reads.forget_old() + household.end_orphans()
