"""The colours of an agency, from one hue. Lightness and chroma are fixed, so contrast holds for all 360."""

import math
from typing import NamedTuple


class Tint(NamedTuple):
    """A colour of OKLCH without its hue."""

    lightness: float
    chroma: float


TINTS = {
    "light-accent": Tint(0.43, 0.085),
    "light-accent-strong": Tint(0.345, 0.07),
    "light-accent-soft": Tint(0.958, 0.014),
    "light-accent-line": Tint(0.86, 0.04),
    "light-on-strong-2": Tint(0.92, 0.03),
    "dark-accent": Tint(0.8, 0.085),
    "dark-accent-strong": Tint(0.33, 0.055),
    "dark-accent-soft": Tint(0.275, 0.03),
    "dark-accent-line": Tint(0.42, 0.045),
    "dark-on-strong-2": Tint(0.9, 0.03),
}


def colours(hue: int) -> dict[str, str]:
    """The agency's colours as « #rrggbb », by the name that tokens.css gives them. `hue` is 0 to 360."""
    return {name: to_hex(tint=tint, hue=hue) for name, tint in TINTS.items()}


def to_hex(*, tint: Tint, hue: int) -> str:
    """OKLCH to sRGB, each channel kept between 0 and 255 (old browsers know no other notation)."""
    angle = math.radians(hue)
    red, green, blue = oklab_to_linear(
        lightness=tint.lightness, a=tint.chroma * math.cos(angle), b=tint.chroma * math.sin(angle)
    )
    return f"#{channel(red):02x}{channel(green):02x}{channel(blue):02x}"


def oklab_to_linear(*, lightness: float, a: float, b: float) -> tuple[float, float, float]:
    """Oklab to linear sRGB, by the published matrices of that colour space."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def channel(linear: float) -> int:
    """Linear light to the 0–255 value of sRGB."""
    encoded = 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    return min(255, max(0, round(encoded * 255)))
