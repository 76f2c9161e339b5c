"""Reading partners' workbooks, measured: run one benchmark, or say which there are.

``python -m benchmarks.workbooks DIR [files|speed|injected] [its options]``

- ``files``: each real file of the folder read and understood: tables, rows, what was skipped,
  columns, questions and faults, and a list of facts of these files, each found or not.
- ``speed``: 100,000 rows x 25 columns as HXL CSV and as a workbook, side by side with libhxl
  and openpyxl, each in a process of its own: wall time, processor time, memory.
- ``injected``: 10,000 errors of 20 kinds in good files of six layouts: how many are flagged.

DIR is the folder of the real files, `../shared/data/4w` unless named; only ``files`` needs it,
and it is what runs when none is named.
"""

import sys
from importlib import import_module
from pathlib import Path

BENCHMARKS = {"files": "real_files", "speed": "speed", "injected": "injected"}
FOLDER = Path("../shared/data/4w")


def main() -> None:
    """Run the benchmark of that name."""
    folder, name, options = FOLDER, "files", sys.argv[1:]
    if options and options[0] not in BENCHMARKS and not options[0].startswith("-"):
        folder, options = Path(options[0]), options[1:]
    if options and options[0] in BENCHMARKS:
        name, options = options[0], options[1:]
    if options and not options[0].startswith("-"):
        print(__doc__)
        raise SystemExit(2)
    module = import_module(f"benchmarks.workbooks.{BENCHMARKS[name]}")
    module.main([str(folder), *options] if name == "files" else options)


if __name__ == "__main__":
    main()
