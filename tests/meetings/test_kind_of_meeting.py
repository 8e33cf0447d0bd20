"""What kind of meeting a body may hold: the kind decides how many days of notice it needs."""

import pytest

from coop.meetings import actions
from coop.meetings.models import Meeting
from coop.meetings.rules.calling import obstacles_in_kind
from coop.members.models import Body
from coop.refusals import Reason, Refused
from tests import make

KINDS = {kind.value for kind in Meeting.Kind}


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        (Body.Kind.ASSEMBLY, {"ordinary", "extraordinary"}),
        (Body.Kind.CONGRESS, {"ordinary", "extraordinary"}),
        (Body.Kind.DEPARTMENT_COUNCIL, {"council", "production"}),
        (Body.Kind.PRODUCTION_MEETING, {"production"}),
        (Body.Kind.ELECTORAL_COMMISSION, {"commission", "community"}),
        (Body.Kind.WORKING_TABLE, {"commission", "community"}),
    ],
)
def test_kinds_that_suit_a_body(body: str, kinds: set[str]) -> None:
    it = Body(name="It", kind=body)
    assert {kind for kind in KINDS if not obstacles_in_kind(it, kind)} == kinds


@pytest.mark.django_db
def test_an_assembly_is_not_called_with_the_notice_of_a_council() -> None:
    plant = make.plant()
    with pytest.raises(Refused) as refusal:
        actions.prepare(
            body=plant.assembly,
            kind=Meeting.Kind.COUNCIL,
            title="Quick one",
            place="Yard",
            sittings=[make.now() + make.days(4)],
            by=plant.ana,
            at=make.now(),
        )
    assert refusal.value.reasons == [Reason("kind-not-of-this-body", {"body": "General assembly"})]
    assert not Meeting.objects.exists()
