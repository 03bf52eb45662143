"""Alerts: what turned, broke off or began between two parties, each by what was known on its day."""

from backchannel.alerts.chronicle import lives
from backchannel.alerts.find import find
from backchannel.alerts.record import KINDS, Alert, Backing, Course, Found, Kind, Wanted, Week, words
from backchannel.alerts.stored import of_store

__all__ = [
    "KINDS",
    "Alert",
    "Backing",
    "Course",
    "Found",
    "Kind",
    "Wanted",
    "Week",
    "find",
    "lives",
    "of_store",
    "words",
]
