"""Store what a learner tells of the PLV set out of fold: ids and types with digests of data and code, no text.

``make train-plv`` runs it; ``make gates`` scores what it stored. The weights are thrown away.
"""

import argparse
import json
from pathlib import Path

from backchannel.evaluate import gold, plv, plv_learner


def main() -> None:
    """Learn in five folds on the set and write the types."""
    parser = argparse.ArgumentParser(description="Store out-of-fold predictions of the PLV set.")
    parser.add_argument("data", type=Path, help="plv_train.tsv")
    parser.add_argument("--output", type=Path, default=plv.STORED, help="where they are stored")
    options = parser.parse_args()
    given = plv.rows(options.data)
    events = plv_learner.learn_and_tell(given, given)
    lines = [json.dumps({"sentence_id": one.id, "event": event}) for one, event in zip(given, events, strict=True)]
    head = {
        "set": "plv/plv_train.tsv",
        "digest": gold.digest(options.data),
        "settings": plv_learner.SETTINGS,
        "code": plv_learner.digest_of_code(),
    }
    told = json.dumps(head)[:-1] + ', "predictions": [\n' + ",\n".join(lines) + "\n]}\n"
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
