"""A transferable vote without one valid paper has sentences all the same."""

from coop.ballots.acta.stage_sentences import say_steps
from coop.ballots.counting import count_stv


def test_a_count_without_a_paper_is_told() -> None:
    result = count_stv({}, candidates=["ana", "ben", "cy"], seats=2).as_facts()
    assert len(say_steps(result, {"ana": "Ana", "ben": "Ben", "cy": "Cy"})) == len(result["stages"])
