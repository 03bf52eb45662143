"""The scores of groupings agree with the worked examples of their papers and with scorers in wide use."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backchannel.evaluate.coreference import agreement, best_pairing

NAMES = ("pairwise", "muc", "b_cubed", "ceaf_e", "lea")
TRUTH = "12345 67 89ABC"

# Ours, the gold's (a letter an item, equal letters one group), then precision and recall of NAMES in turn: the first
# by neleval 3.1.1 (Apache-2.0), MUC, B-cubed and CEAF by scorch 0.2.0 (MIT), LEA by the function of coval that its
# authors publish (MIT). Drawn by random.Random(1123).
SCORED = (
    (
        "ahecaedcad",
        "ahacaddcdd",
        (0.500000, 0.300000, 0.600000, 0.500000, 0.766667, 0.616667, 0.666667, 0.833333, 0.600000, 0.466667),
    ),
    (
        "jgfcacidcdffqbbcbe",
        "igicaeiacnfgqbacce",
        (0.230769, 0.214286, 0.250000, 0.222222, 0.638889, 0.583333, 0.575000, 0.638889, 0.166667, 0.166667),
    ),
    (
        "ahggfdeffbcggga",
        "ahgafneffbcggla",
        (0.500000, 0.777778, 0.714286, 0.833333, 0.813333, 0.911111, 0.943750, 0.838889, 0.766667, 0.800000),
    ),
    (
        "lpmdsaaikchdihacekameioh",
        "epmdsaigfchdaebcekabeioh",
        (0.294118, 0.357143, 0.416667, 0.500000, 0.673611, 0.756944, 0.739286, 0.633673, 0.444444, 0.444444),
    ),
    (
        "iggceififfagdcebde",
        "ifgceejbsfagdbeese",
        (0.285714, 0.285714, 0.300000, 0.375000, 0.592593, 0.677778, 0.610417, 0.488333, 0.277778, 0.250000),
    ),
    (
        "dadgbfacemdbhc",
        "dadgbfacemdbgc",
        (1.000000, 0.857143, 1.000000, 0.833333, 1.000000, 0.928571, 0.851852, 0.958333, 0.857143, 0.857143),
    ),
    (
        "qcdbgkechagddcbe",
        "qcdbfkecdaaddcbe",
        (0.888889, 0.666667, 0.857143, 0.750000, 0.937500, 0.843750, 0.798942, 0.898810, 0.750000, 0.687500),
    ),
    (
        "fabdbeadbecg",
        "fcbdceadbgcd",
        (0.333333, 0.285714, 0.400000, 0.400000, 0.722222, 0.722222, 0.633333, 0.633333, 0.333333, 0.333333),
    ),
    (
        "iiedjtajcheifdjeedj",
        "ceedctadceghfddeecf",
        (0.277778, 0.217391, 0.400000, 0.363636, 0.614035, 0.536842, 0.541270, 0.608929, 0.298246, 0.254386),
    ),
    (
        "ffcihfcajaegkfhaeb",
        "ffqihfcaqhegkfdede",
        (0.500000, 0.500000, 0.375000, 0.375000, 0.722222, 0.722222, 0.733333, 0.733333, 0.388889, 0.388889),
    ),
    (
        "lwcdckiedjaalcikejbjhd",
        "gwndckoedjaklcebeebjid",
        (0.428571, 0.461538, 0.454545, 0.555556, 0.696970, 0.795455, 0.766667, 0.648718, 0.409091, 0.439394),
    ),
    (
        "daahgdbbcjdkehpheicfb",
        "eaaaffabcjeaehphefceb",
        (0.500000, 0.230769, 0.666667, 0.461538, 0.809524, 0.580952, 0.520238, 0.780357, 0.523810, 0.452381),
    ),
    (
        "fbkcckeagtfagegafbgf",
        "fcjbfieeetfegedbfbgf",
        (0.473684, 0.375000, 0.500000, 0.545455, 0.658333, 0.660000, 0.607540, 0.540035, 0.433333, 0.350000),
    ),
    (
        "gacgaebcebla",
        "caagjebakblk",
        (0.285714, 0.400000, 0.333333, 0.500000, 0.666667, 0.805556, 0.772222, 0.579167, 0.416667, 0.333333),
    ),
    (
        "aaldahfaqcafddajffgeec",
        "agadkhlaqebbbdafofgeec",
        (0.192308, 0.333333, 0.333333, 0.400000, 0.575758, 0.689394, 0.668571, 0.557143, 0.281818, 0.318182),
    ),
    (
        "cajcdddbi",
        "cbjcddcbi",
        (0.500000, 0.400000, 0.666667, 0.500000, 0.851852, 0.740741, 0.711111, 0.853333, 0.555556, 0.555556),
    ),
)


def groups(told: str) -> dict[str, str]:
    """Give groups from the marks of their items, a blank between groups."""
    return {item: members for members in told.split() for item in members}


def lettered(told: str) -> dict[str, str]:
    return {str(place): letter for place, letter in enumerate(told)}


@pytest.mark.parametrize(("ours", "gold", "wanted"), SCORED)
def test_scores_are_those_of_scorers_in_wide_use(ours: str, gold: str, wanted: tuple[float, ...]) -> None:
    found = agreement(lettered(ours), lettered(gold))
    told = [value for name in NAMES for value in (getattr(found, name).precision, getattr(found, name).recall)]
    assert told == pytest.approx(wanted, abs=1e-6)
    assert found.conll == pytest.approx((found.muc.f1 + found.b_cubed.f1 + found.ceaf_e.f1) / 3)


def test_muc_counts_the_links_that_mend_a_group_as_vilain_does() -> None:
    assert agreement(groups("AB CD"), groups("ABCD")).muc.recall == pytest.approx(2 / 3)
    assert agreement(groups("AB CD"), groups("ABCD")).muc.precision == 1.0
    assert agreement(groups("ABCD"), groups("AB CD")).muc.precision == pytest.approx(2 / 3)


@pytest.mark.parametrize(("ours", "precision"), [("12345 6789ABC", 0.762), ("1234589ABC 67", 0.583)])
def test_b_cubed_tells_apart_what_muc_does_not_as_bagga_and_baldwin_show(ours: str, precision: float) -> None:
    found = agreement(groups(ours), groups(TRUTH))
    assert found.muc.precision == pytest.approx(0.9)
    assert round(found.b_cubed.precision, 3) == precision
    assert found.b_cubed.recall == 1.0


@pytest.mark.parametrize(
    ("ours", "muc", "cubed", "ceaf"),
    [
        ("12345 6789ABC", 0.947, 0.865, 0.733),
        ("1234589ABC 67", 0.947, 0.737, 0.667),
        ("123456789ABC", 0.900, 0.545, 0.294),
        ("1 2 3 4 5 6 7 8 9 A B C", 0.0, 0.400, 0.178),
    ],
)
def test_ceaf_is_that_of_the_table_in_luo(ours: str, muc: float, cubed: float, ceaf: float) -> None:
    found = agreement(groups(ours), groups(TRUTH))
    assert (round(found.muc.f1, 3), round(found.b_cubed.f1, 3), round(found.ceaf_e.f1, 3)) == (muc, cubed, ceaf)


def test_lea_weighs_what_is_resolved_by_size_as_moosavi_and_strube_do() -> None:
    found = agreement(groups("ab cd fghi"), groups("abc defg")).lea
    assert found.recall == pytest.approx((3 * 1 / 3 + 4 * 1 / 6) / 7)
    assert found.precision == pytest.approx((2 * 1 + 2 * 0 + 4 * 1 / 6) / 8)


def test_lea_gives_one_alone_a_link_to_itself() -> None:
    assert agreement(groups("a b"), groups("a b")).lea.f1 == 1.0
    assert agreement(groups("ab"), groups("a b")).lea.f1 == 0.0


def test_items_that_only_one_side_has_are_in_no_group_of_the_other() -> None:
    assert agreement(groups("x"), groups("y")).ceaf_e.f1 == 0.0
    assert agreement(groups("ab"), groups("abc")).b_cubed.recall == pytest.approx(4 / 9)


def _tables(height: int) -> st.SearchStrategy[list[list[int]]]:
    rows = st.integers(1, 4).map(lambda width: st.lists(st.integers(0, 9), min_size=width, max_size=width))
    return rows.flatmap(lambda row: st.lists(row, min_size=height, max_size=height))


partitions = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=20)


@given(partitions)
def test_scores_lie_in_the_unit_and_turn_with_the_sides(drawn: list[tuple[int, int]]) -> None:
    ours = {str(place): str(pair[0]) for place, pair in enumerate(drawn)}
    gold = {str(place): str(pair[1]) for place, pair in enumerate(drawn)}
    one, other = agreement(ours, gold), agreement(gold, ours)
    for name in NAMES:
        score, turned = getattr(one, name), getattr(other, name)
        assert min(score.precision, score.recall, score.f1) >= 0.0
        assert max(score.precision, score.recall, score.f1) <= 1.0 + 1e-9
        assert (score.precision, score.recall) == pytest.approx((turned.recall, turned.precision))


@given(partitions)
def test_a_grouping_agrees_with_itself_whatever_its_groups_are_called(drawn: list[tuple[int, int]]) -> None:
    ours = {str(place): str(pair[0]) for place, pair in enumerate(drawn)}
    found = agreement(ours, {item: f"group {name}" for item, name in ours.items()})
    assert {found.b_cubed.f1, found.lea.f1} == {1.0}
    assert found.ceaf_e.f1 == pytest.approx(1.0)


@given(st.integers(1, 4).flatmap(_tables))
def test_the_best_pairing_is_the_best_of_all(table: list[list[int]]) -> None:
    width = len(table[0])
    short, long = sorted((len(table), width))
    turned = table if len(table) <= width else [list(column) for column in zip(*table, strict=True)]
    wanted = max(sum(turned[row][chosen[row]] for row in range(short)) for chosen in permutations(range(long), short))
    assert best_pairing(table) == pytest.approx(wanted)
