"""A process of its own that records updates one after the other: `python writer.py URL NAME COUNT`.

It prints the ref of each update once the database has acknowledged it.
"""

import itertools
import sys

from models.store.database import open_engine
from tests.kit.builders import entry, write


def main(url: str, name: str, count: int) -> None:
    """Record `count` updates, or go on for ever when it is 0."""
    engine = open_engine(url)
    for number in range(count) if count else itertools.count():
        ref = f"{name}-{number}"
        write(engine, entry(ref=ref))
        sys.stdout.write(f"{ref}\n")
        sys.stdout.flush()
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
