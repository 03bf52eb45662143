"""Watches: saved questions whose answers, once new, go to files, feeds, calendars, webhooks and mail, each told once."""

from backchannel.watches.deliver import Delivery, Outside
from backchannel.watches.desk import Listed, Standing, add, listed, made_at, remove
from backchannel.watches.destinations import destination, shown
from backchannel.watches.record import Destination, Item, Meeting, Watch
from backchannel.watches.run import Orders, Report, look, run, run_every

__all__ = [
    "Delivery",
    "Destination",
    "Item",
    "Listed",
    "Meeting",
    "Orders",
    "Outside",
    "Report",
    "Standing",
    "Watch",
    "add",
    "destination",
    "listed",
    "look",
    "made_at",
    "remove",
    "run",
    "run_every",
    "shown",
]
