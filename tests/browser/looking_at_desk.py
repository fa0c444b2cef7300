"""What the inspection of every page need not look at on the desk: gestures and files."""

NOT_PAGES = {
    "staff:home-send-again",
    "staff:settings-article-restore",
    "staff:settings-away",
    "staff:settings-back",
    "staff:settings-details-books",
    "staff:settings-invite",
    "staff:settings-logo",
    "staff:statistics-table",
}
