import pytest

from coop.refusals import Reason, Refused, in_full, refuse_if


def test_no_reason_is_no_refusal() -> None:
    refuse_if([])


def test_reasons_are_carried_and_readable() -> None:
    reasons = [Reason("too-early", {"opens": "09:00"}), Reason("not-on-the-register")]
    with pytest.raises(Refused) as refused:
        refuse_if(reasons)
    assert refused.value.reasons == reasons
    assert str(refused.value) == "too-early (opens=09:00); not-on-the-register"


@pytest.mark.parametrize("mistake", [True, False, None, (), "no", (Reason("x"),), ["x"]])
def test_a_rule_that_gives_no_list_of_reasons_is_a_fault(mistake: object) -> None:
    with pytest.raises(TypeError):
        refuse_if(mistake)  # type: ignore[arg-type]


def test_words_are_kept_in_full_or_refused() -> None:
    assert in_full("  Nobody \n knows\u200b them ", 17) == "Nobody knows them"
    with pytest.raises(Refused, match=r"words-too-long \(most=16\)"):
        in_full("Nobody knows them", 16)


def test_reasons_can_be_compared_and_put_in_a_set() -> None:
    assert {Reason("late", {"days": 3}), Reason("late", {"days": 3}), Reason("late", {"days": 4})} == {
        Reason("late", {"days": 3}),
        Reason("late", {"days": 4}),
    }
    assert Reason("late") != Reason("early")
