"""Cycles are looked for seldom while somebody asks for it, and as before afterwards."""

from __future__ import annotations

import gc

from uidscope.core.collector import seldom_collected


def test_it_holds_until_the_last_has_left() -> None:
    before = gc.get_threshold()
    with seldom_collected():
        seldom = gc.get_threshold()
        with seldom_collected():
            pass
        within = gc.get_threshold()
    assert seldom[0] > before[0]
    assert within == seldom
    assert gc.get_threshold() == before
