"""The frozen program's first lines."""

import multiprocessing
import sys

if __name__ == "__main__":
    # A worker process is this program started anew; it must not become a second window.
    multiprocessing.freeze_support()
    from uidscope.__main__ import main

    sys.exit(main())
