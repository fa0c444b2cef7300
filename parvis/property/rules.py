"""How a sum falls on the lots of a building. Pure: integers in, integers out."""

import re
from collections.abc import Mapping


class SharesDoNotAddUp(ValueError):
    """The weights of the lots are not the total of the deed: nothing may be called with that key."""


def lot_order(number: str) -> tuple[tuple[int, str], ...]:
    """Sort key of lot numbers as people count: 2 before 10, 12A after 12."""
    parts = re.findall(r"\d+|\D+", number)
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts)


def allocate(*, amount_cents: int, shares: Mapping[str, int], total_shares: int) -> dict[str, int]:
    """Split `amount_cents` over lots (number → tantièmes) by largest remainder, so that nothing is lost.

    The cents left over go to the largest remainders; at equal remainders to the larger share, then to the
    lower lot number. Refuses to split when the shares are not `total_shares`, the deed's total.
    """
    if sum(shares.values()) != total_shares or total_shares <= 0:
        raise SharesDoNotAddUp(f"the lots hold {sum(shares.values())} shares, the deed says {total_shares}")
    parts = {lot: amount_cents * share // total_shares for lot, share in shares.items()}
    left_over = amount_cents - sum(parts.values())
    by_remainder = sorted(
        shares, key=lambda lot: (-(amount_cents * shares[lot] % total_shares), -shares[lot], lot_order(lot))
    )
    for lot in by_remainder[:left_over]:
        parts[lot] += 1
    return parts
