"""What the clock calls."""

from parvis.help import actions


def forget_vain_searches() -> int:
    """Every night: what was looked for in vain is kept a year."""
    return actions.forget_vain_searches()
