"""A small stream of events with planted habits: some pairs meet every few days, visits follow plans, police act at home."""

from datetime import date, timedelta

import numpy as np

from backchannel.forecast import EventStream, of_events

START = date(2023, 1, 1)
DAYS = 130
STATES = ("Northland", "Southland", "Eastland", "Westland")


def planted(seed: int = 0, days: int = DAYS) -> EventStream:
    """Give a stream in which Northland consults Southland every third day and visits follow the plans for them."""
    rng = np.random.default_rng(seed)
    events = []
    for day in range(days):
        on = START + timedelta(days=day)
        if day % 3 == 0:
            events.append(("Northland", "CONSULT/call", "Southland", on))
        if day % 10 == 4:
            events.append(("Eastland", "AGREE/visit", "Westland", on))
        if day % 10 == 6:
            events.append(("Eastland", "CONSULT/visit", "Westland", on))
        for state in STATES:
            if rng.random() < 0.6:
                events.append((f"Police ({state})", "COERCE/arrest", f"Citizen ({state})", on))
            other = STATES[int(rng.integers(len(STATES)))]
            relation = ("ACCUSE", "SUPPORT", "REQUEST")[int(rng.integers(3))]
            events.append((state, relation, other, on))
            events.append((f"Media ({other})", "ACCUSE", state, on))
    return of_events(events)
