"""What may stand in an address. Ids have at most 18 digits: none overflows a bigint."""


class Key:
    """A positive number of at most 18 digits."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Place:
    """Where an item stands on an agenda: 4, or 4.2 for the second amendment voted under it."""

    regex = r"[0-9]{1,4}(?:\.[1-9][0-9]{0,3})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: int | str) -> str:
        return str(value)
