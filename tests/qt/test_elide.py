from hypothesis import given
from hypothesis import strategies as st

from uidscope.qt.kit.elide import ELLIPSIS, elide_middle, elide_path, elide_right, fitting_cut, middle_cut

TEXTS = st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), max_size=80)


def length(text: str) -> float:
    return float(len(text))


def test_a_uid_keeps_46_percent_head_and_54_percent_tail() -> None:
    uid = "1.3.6.1.4.1.32473.4.2.20260311.01.0042.3"
    assert elide_middle(uid, 25, length) == "1.3.6.1.4.1…311.01.0042.3"


def test_a_fault_is_not_cut_if_it_can_be_helped() -> None:
    uid = "1.3.6.1.4.1.32473.004.2.20260311.1.42.3"
    fault = (uid.index(".004.") + 1, uid.index(".004.") + 4)
    shown = elide_middle(uid, 25, length, [fault])
    assert "004" in shown
    assert len(shown) == 25


@given(text=TEXTS, width=st.integers(3, 90))
def test_a_middle_cut_fits_and_keeps_both_ends(text: str, width: int) -> None:
    shown = elide_middle(text, width, length)
    if len(text) <= width:
        assert shown == text
    else:
        assert len(shown) == width
        head, tail = shown.split(ELLIPSIS, 1)
        assert head
        assert tail
        assert text.startswith(head)
        assert text.endswith(tail)


@given(size=st.integers(1, 120), room=st.integers(3, 120), start=st.integers(0, 119), span=st.integers(1, 20))
def test_the_gap_avoids_a_kept_span_wherever_there_is_a_place(
    size: int, room: int, start: int, span: int
) -> None:
    keep = (min(start, size - 1), min(start + span, size))
    cut = middle_cut(size, room, [keep])
    assert cut.cut == (size > room)
    if cut.cut:
        gap = cut.tail - cut.head
        assert cut.head >= 1
        assert cut.tail < size
        places = [head for head in range(1, size - gap) if not (head < keep[1] and keep[0] < head + gap)]
        assert not places or cut.head in places


@given(text=TEXTS, width=st.integers(3, 90))
def test_the_most_that_fits_is_shown(text: str, width: int) -> None:
    cut = fitting_cut(text, width, length)
    shown = cut.head + len(text) - cut.tail
    assert shown == len(text) if len(text) <= width else shown == width - 1


def test_an_element_path_is_cut_at_a_segment() -> None:
    path = "ROIContourSequence[1].ContourSequence[3].ContourImageSequence[37]"
    assert elide_path(path, 70, length) == path
    assert elide_path(path, 50, length) == "… › ContourSequence[3].ContourImageSequence[37]"
    assert elide_path(path, 30, length) == "… › ContourImageSequence[37]"


def test_a_file_path_is_cut_at_a_folder() -> None:
    assert elide_path("pacs-a/CT/deep/IM000002.dcm", 16, length, "/") == "…/IM000002.dcm"


@given(path=st.lists(st.text("abc[]123", min_size=1, max_size=30), min_size=1, max_size=6).map(".".join))
def test_a_cut_path_fits_and_ends_as_the_path_does(path: str) -> None:
    shown = elide_path(path, 20, length)
    assert len(shown) <= 20 or shown == path
    assert shown[-1] == path[-1]


@given(text=TEXTS, width=st.integers(1, 90))
def test_a_right_cut_fits(text: str, width: int) -> None:
    shown = elide_right(text, width, length)
    assert len(shown) <= width
    assert shown == text or (shown.endswith(ELLIPSIS) and text.startswith(shown[:-1]))
