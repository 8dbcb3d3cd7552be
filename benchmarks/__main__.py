"""Run the measurements: ``python -m benchmarks [reading] [start] [inspecting] [scanning] [exporting] ...``.

Also ``growth``, ``synthetic`` and ``window``, which are made where they are asked for alone, as is
``scanning``. ``synthetic`` takes ``--picture FILE``, an SVG.

``--runs N`` says how many turns each peer has.

``--files N`` and ``--export-files N`` say how many files are inspected and exported.
``growth`` takes ``--instances N ...`` and is left out unless it is asked for: it writes a file an instance.
``window`` takes them too, for catalogs without files, and reads ``--window-files N``; it needs Qt.
"""

from __future__ import annotations

if __name__ == "__main__":
    # Processes that the program starts import this module too, and are to be timed without the rest.
    from benchmarks.sections import main

    main()
