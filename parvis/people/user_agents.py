"""The name of a browser as its holder would say it: « Safari sur iPhone ». Read from what the browser says of itself.

Only names leave this table: whatever else a browser says is never shown nor kept.
"""

UNKNOWN = "Navigateur inconnu"
# What is looked for, most particular first: Edge says Chrome, Chrome says Safari, all say Mozilla.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Epiphany/", "GNOME Web"),
    ("Safari/", "Safari"),
)
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """« Safari sur iPhone », « Firefox sur Windows »; « Navigateur inconnu » when nothing is recognised."""
    browser = first_found(BROWSERS, user_agent)
    device = first_found(DEVICES, user_agent)
    if not browser and not device:
        return UNKNOWN
    return f"{browser or 'Navigateur'} sur {device}" if device else browser


def first_found(table: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for sign, name in table if sign in user_agent), "")
