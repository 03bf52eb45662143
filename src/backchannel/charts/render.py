"""Write a chart as a file: a picture (.png), a drawing (.svg) or its Vega-Lite specification (.json), all offline."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Protocol

from backchannel.charts import theme
from backchannel.errors import InputError, ModelError

SCALE: Final = 3
"""Dots of a picture for a pixel of the specification."""


class Chart(Protocol):
    """What altair's charts can do that is needed here."""

    def to_dict(self) -> dict[str, Any]:
        """Give the Vega-Lite specification."""


def specification(chart: Chart) -> dict[str, Any]:
    """Give the Vega-Lite of a chart with the theme in it, so that it looks the same wherever it is shown.

    It holds its data and refers to nothing outside. The same chart gives the same specification.
    """
    told = chart.to_dict()
    return {**told, "config": theme.config()}


def render(chart: Chart, path: str | Path, *, scale: float = SCALE) -> None:
    """Write a chart; the ending of the name says as what.

    Args:
        chart: as the functions of this room give it.
        path: a file ending in .png, .svg or .json; one that is there is written over.
        scale: dots a pixel of a .png.

    Raises:
        InputError: the ending is none of these, or the file cannot be written.
        ModelError: a picture is asked for and vl-convert is not installed.
    """
    target = Path(path)
    content = _content(kind(target), specification(chart), scale)
    try:
        target.write_bytes(content)
    except OSError as fault:
        raise InputError(
            f"{target}: cannot be written ({fault.strerror}); name a file in a folder that is there"
        ) from None


def drawing(chart: Chart) -> str:
    """Give a chart as SVG, to be put into a page.

    Raises:
        ModelError: vl-convert is not installed.
    """
    return _svg(specification(chart), SCALE).decode()


def kind(path: str | Path) -> str:
    """Give the ending of a chart's file.

    Raises:
        InputError: charts are not written so.

    >>> kind("gap.PNG")
    '.png'
    """
    ending = Path(path).suffix.lower()
    if ending not in (*_PICTURES, ".json"):
        raise InputError(f"{path}: charts are written as .png, .svg or .json; name the file so")
    return ending


def _content(ending: str, told: dict[str, Any], scale: float) -> bytes:
    if ending == ".json":
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    return _PICTURES[ending](told, scale)


def _png(told: dict[str, Any], scale: float) -> bytes:
    made: bytes = _converter().vegalite_to_png(told, scale=scale, ppi=72, allowed_base_urls=[])
    return made


def _svg(told: dict[str, Any], scale: float) -> bytes:
    made: str = _converter().vegalite_to_svg(told, allowed_base_urls=[])
    return made.encode()


def _converter() -> Any:
    try:
        import vl_convert
    except ImportError:
        raise ModelError(
            "charts as .png or .svg need vl-convert-python, which is not installed; "
            "run: pip install 'backchannel[analysis]', or write the chart as .json"
        ) from None
    return vl_convert


_PICTURES: Final[dict[str, Callable[[dict[str, Any], float], bytes]]] = {".png": _png, ".svg": _svg}
