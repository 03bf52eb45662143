"""What a chart's specification draws, for the tests of charts."""

from typing import Any


def row_sets(part: Any) -> list[list[dict[str, Any]]]:
    """Give every set of rows in a specification."""
    if isinstance(part, dict):
        sets = [part["values"]] if isinstance(part.get("values"), list) else []
        sets += list(part.get("datasets", {}).values())
        own = [rows for rows in sets if rows and isinstance(rows[0], dict)]
        return own + [found for name, below in part.items() if name != "datasets" for found in row_sets(below)]
    return [found for one in part for found in row_sets(one)] if isinstance(part, list) else []


def rows(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Give all rows of a specification."""
    return [row for found in row_sets(told) for row in found]
