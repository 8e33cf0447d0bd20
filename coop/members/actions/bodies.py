"""The row of a body: numbers of decisions and meetings are given while it is held, so they have no gaps."""

from ..models import Body


def locked(body_id: int) -> Body:
    """The body, fresh and held until the transaction ends."""
    held = Body.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("cooperative__chain").get(pk=body_id)
