"""The stylesheet and the gallery of components."""

from tests.matrix.rows import Row, everyone

ROWS: list[Row] = [
    everyone("ui:style", lambda _cast: {"digest": "0" * 12, "hue": 222}),
    everyone("ui:gallery"),
    everyone("ui:gallery-letter"),
    everyone("ui:gallery-message"),
    everyone("ui:gallery-page", lambda _cast: {"name": "lien-expire"}),
]
