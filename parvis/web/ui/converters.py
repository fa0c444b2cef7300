"""What may stand in an address."""

from parvis.kit.identifiers import PUBLIC_ID_LENGTH


class PublicIdConverter:
    """A random public id: whatever else is typed there does not exist, and is asked of no database."""

    regex = f"[a-z2-7]{{{PUBLIC_ID_LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
