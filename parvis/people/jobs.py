"""What the clock and the queue call: forgotten passwords looked up, old rows of the entrance erased."""

from parvis.people.actions import passwords, upkeep


def handle_forgotten_passwords() -> int:
    """After a request, and every minute; return how many requests were looked up."""
    return passwords.handle_waiting_requests()


def forget_old() -> int:
    """Every night; return how many rows were erased."""
    return upkeep.forget_old()
