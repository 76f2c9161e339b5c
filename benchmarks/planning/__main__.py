"""Run one benchmark of planning: ``python -m benchmarks.planning NAME [its options]``."""

import sys
from importlib import import_module

BENCHMARKS = {
    "joint": "together against alone on synthetic cities, in 60 seconds each",
    "bounds": "how much better any plan could be: proven gaps on the same cities",
    "indp": "restoring four networks of Shelby County, together and apart",
    "aleppo-full": "a plan for the streets and the damage of a whole city",
    "scaling": "time per plan from a quarter of a city to five of them",
    "peers": "other ways to plan the same work",
    "ensembles": "samples of a plan on a cluster of which a worker is killed",
}


def main() -> None:
    """Run the benchmark of that name; without a name, say which there are."""
    name, *options = sys.argv[1:] or [""]
    if name not in BENCHMARKS:
        print("usage: python -m benchmarks.planning NAME [options]")
        print("\n".join(f"  {known:12} {what}" for known, what in BENCHMARKS.items()))
        raise SystemExit(2)
    import_module(f"benchmarks.planning.{name.replace('-', '_')}").main(options)


if __name__ == "__main__":
    main()
