"""Charts are written offline as pictures, drawings and specifications, in one theme, and say what they lack."""

import json
import sys
from pathlib import Path

import altair as alt
import pytest

from backchannel.charts import render, theme
from backchannel.errors import InputError, ModelError


def _chart() -> alt.VConcatChart:
    drawn = alt.Chart(theme.rows([{"day": "1971-07-09", "side": "record"}])).mark_point().encode(x="day:T", y="side:N")
    return theme.framed(drawn, title="Talks", subtitle="days of contact", source="Store of the test")


def test_picture_drawing_and_specification_are_written(tmp_path: Path) -> None:
    for ending, first in ((".png", b"\x89PNG"), (".svg", b"<svg"), (".json", b"{")):
        target = tmp_path / f"talks{ending}"
        render.render(_chart(), target)
        assert target.read_bytes().startswith(first)


def test_title_units_and_source_stand_in_the_drawing(tmp_path: Path) -> None:
    render.render(_chart(), tmp_path / "talks.svg")
    drawn = (tmp_path / "talks.svg").read_text(encoding="utf-8")
    for words in ("Talks", "days of contact", "Store of the test"):
        assert f">{words}</text>" in drawn


def test_same_chart_gives_the_same_bytes_and_carries_theme_and_data(tmp_path: Path) -> None:
    first, second = render.specification(_chart()), render.specification(_chart())
    assert json.dumps(first) == json.dumps(second)
    assert first["config"] == theme.config()
    assert "1971-07-09" in json.dumps(first.get("datasets", first))


def test_a_picture_of_data_elsewhere_is_refused(tmp_path: Path) -> None:
    far = alt.Chart("https://example.org/talks.json").mark_point().encode(x="day:T")
    with pytest.raises(ValueError, match="not allowed"):
        render.render(far, tmp_path / "talks.png")


@pytest.mark.parametrize("name", ["talks.pdf", "talks", "talks.png.txt"])
def test_other_endings_are_refused_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"\.png, \.svg or \.json"):
        render.render(_chart(), tmp_path / name)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        render.render(_chart(), tmp_path / "absent" / "talks.json")


def test_without_the_converter_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(ModelError, match=r"backchannel\[analysis\]"):
        render.render(_chart(), tmp_path / "talks.png")
    render.render(_chart(), tmp_path / "talks.json")
    assert json.loads((tmp_path / "talks.json").read_text(encoding="utf-8"))["config"] == theme.config()


def test_without_altair_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    monkeypatch.delitem(sys.modules, "backchannel.charts.theme")
    monkeypatch.delattr("backchannel.charts.theme")
    with pytest.raises(ModelError, match=r"backchannel\[analysis\]"):
        __import__("backchannel.charts.theme")


def test_values_are_told_apart_without_colour() -> None:
    for shade in (theme.INK, theme.DIM, theme.RULE, *theme.GREYS):
        assert shade[1:3] == shade[3:5] == shade[5:7]
    assert len(set(theme.SHAPES)) == len(theme.SHAPES) and len(set(theme.DASHES)) == len(theme.DASHES)
