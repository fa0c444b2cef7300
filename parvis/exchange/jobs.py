"""What the clock and the queue call: copies of people's own data, made and erased."""

from parvis.exchange.actions import answers, own_data, webhooks


def make_data_export(public_id: str) -> int:
    """After a request; return whether it was made."""
    return own_data.make_waiting(public_id)


def make_data_exports() -> int:
    """Every minute, what a request did not bring about; return how many were made."""
    return own_data.make_waiting()


def forget_data_exports() -> int:
    """Every night; return how many archives were erased."""
    return own_data.forget_expired()


def tell_software() -> int:
    """Every minute, what has changed on the portal; return how many notices arrived."""
    webhooks.announce()
    return webhooks.send_due()


def forget_told() -> int:
    """Every night, the notices of a month ago and the answers of a week ago; return how many were erased."""
    return webhooks.forget_old() + answers.forget_old()
