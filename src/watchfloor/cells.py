"""Cells of tables that spreadsheets open."""

from __future__ import annotations

#: How a cell begins that a spreadsheet would run as a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> object:
    """Text that a spreadsheet will not run as a formula; other values as they are."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
