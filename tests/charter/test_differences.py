"""Comparing versions, over any values that fit the table."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from coop.charter.articles import ARTICLES, BY_KEY, SECTIONS
from coop.charter.differences import by_section, differences, history
from coop.charter.kinds import Article, Kind, Value, fraction, joined, obstacle_to_value

DEFAULTS = {article.key: article.default for article in ARTICLES}


def fitting(article: Article) -> st.SearchStrategy[Value]:
    match article.kind:
        case Kind.FLAG:
            return st.booleans()
        case Kind.CHOICE:
            return st.sampled_from(article.codes)
        case Kind.CHOICES:
            return st.frozensets(st.sampled_from(article.codes)).map(lambda codes: joined(article, codes))
        case Kind.MONEY:
            return st.decimals(0, 10**9, places=4)
        case Kind.FRACTION:
            inside = st.fractions(fraction(str(article.low)), fraction(str(article.high)), max_denominator=99)
            return inside.map(lambda share: f"{share.numerator}/{share.denominator}")
    return st.integers(int(article.low or 0), int(article.high or 0))


changes = st.fixed_dictionaries({}, optional={article.key: fitting(article) for article in ARTICLES[::4]})


@given(st.sampled_from(ARTICLES).flatmap(lambda article: st.tuples(st.just(article), fitting(article))))
def test_whatever_is_inside_the_range_fits(pair: tuple[Article, Value]) -> None:
    article, value = pair
    assert obstacle_to_value(article, value) is None


@given(
    st.sampled_from(ARTICLES),
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.decimals() | st.lists(st.text()),
)
def test_any_value_at_all_gets_an_answer(article: Article, value: object) -> None:
    reason = obstacle_to_value(article, value)
    assert reason is None or reason.params["article"] == article.key


@given(changes)
@settings(max_examples=40)
def test_differences_are_exactly_what_changed(changed: dict[str, Value]) -> None:
    found = differences(DEFAULTS, DEFAULTS | changed)
    assert {change.article.key: change.after for change in found} == {
        key: value for key, value in changed.items() if value != DEFAULTS[key]
    }
    back = differences(DEFAULTS | changed, DEFAULTS)
    assert [(change.article, change.after, change.before) for change in back] == [tuple(c) for c in found]


@given(st.lists(changes, max_size=3))
@settings(max_examples=20)
def test_history_has_one_list_per_version_and_replays_to_the_last(steps: list[dict[str, Value]]) -> None:
    versions = [DEFAULTS]
    for step in steps:
        versions.append(versions[-1] | step)
    told = history(versions)
    assert len(told) == len(versions)
    assert told[0] == []
    replayed = dict(DEFAULTS)
    for changed in told:
        replayed |= {change.article.key: change.after for change in changed}
    assert replayed == versions[-1]


def test_by_section_holds_every_article_once_and_marks_what_differs() -> None:
    sections = by_section(DEFAULTS | {"proxies_per_member": 2})
    assert [section.code for section in sections] == list(SECTIONS)
    lines = [line for section in sections for line in section.lines]
    assert [line.article for line in lines] == list(ARTICLES)
    assert [line.article.key for line in lines if line.differs] == ["proxies_per_member"]


@given(st.integers(1, 999), st.integers(1, 999))
def test_a_share_is_exact(numerator: int, denominator: int) -> None:
    assert fraction(f"{numerator}/{denominator}") == Fraction(numerator, denominator)


def test_the_numbers_of_the_demo_give_the_known_thresholds() -> None:
    assert BY_KEY["proposal_support_percent"].default == 10
    assert -(-320 * 10 // 100) == 32
