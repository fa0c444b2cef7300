"""What the clock and the queue call: copies of people's own data, what the agency's software is told, what comes in."""

from parvis.exchange.actions import answers, own_data, webhooks
from parvis.exchange.actions.intakes import folder, running
from parvis.kit.clock import database_now


def make_data_export(public_id: str) -> int:
    """After a request; return whether it was made."""
    return own_data.make_waiting(public_id)


def make_data_exports() -> int:
    """Every minute, what a request did not bring about; return how many were made."""
    return own_data.make_waiting()


def forget_data_exports() -> int:
    """Every night; return how many archives were erased."""
    return own_data.forget_expired()


def run_intake(public_id: str) -> bool:
    """After an upload or a decision; return whether a step was done."""
    return running.run(public_id)


def tend_intakes() -> int:
    """Every minute: the agency's folder, the runs that died, what waits; return how many steps were done."""
    folder.pick_up()
    return running.tend()


def forget_intakes() -> int:
    """Every night; return how many files brought in were erased."""
    return running.forget_old(now=database_now())


def tell_software() -> int:
    """Every minute, what has changed on the portal; return how many notices arrived."""
    webhooks.announce()
    return webhooks.send_due()


def forget_told() -> int:
    """Every night, the notices of a month ago and the answers of a week ago; return how many were erased."""
    return webhooks.forget_old() + answers.forget_old()
