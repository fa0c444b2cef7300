"""An expected refusal: said in French to the person, never a bug."""


class Refusal(Exception):
    """Base of every refusal that an action may raise; the view shows `message` on the form."""

    message = "Cette action n’est pas possible."

    def __init__(self, message: str = "") -> None:
        self.message = message or self.message
        super().__init__(self.message)
