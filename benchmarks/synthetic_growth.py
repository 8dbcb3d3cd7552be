"""How time and memory grow from a thousand instances to a million, without a file for each.

``python -m benchmarks.synthetic_growth N`` makes N records after one that was read, loads and checks them,
opens the tree, and prints what that took as JSON. Each number is measured in a process of its own.
"""

from __future__ import annotations

import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpora
from benchmarks.catalog_size import catalog_size
from benchmarks.log_plot import Line, log_plot
from uidscope.core.catalog.load import CatalogWriter
from uidscope.core.catalog.store import Catalog
from uidscope.core.catalog.tree import ROOT, children, counts
from uidscope.core.collector import seldom_collected
from uidscope.core.flow import check
from uidscope.core.judge.leftover_rules import LOOKED_FOR
from uidscope.core.read.attributes import PROFILE_INDEX
from uidscope.core.read.read_chunk import Look, look_of, packed, plain_look, unpacked, with_equals_shared
from uidscope.core.read.read_file import read_file
from uidscope.core.read.record import FileRecord, RawUiValue

NUMBERS = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)

_PER_SERIES = 500
_BATCH = 200
_SECONDS_BETWEEN_COMMITS = 0.25  # as a load commits
_SERIES = "1.3.6.1.4.1.32473.7.2.1"
_STUDY = "1.3.6.1.4.1.32473.7.1.1"


class Synthetic(NamedTuple):
    """Seconds of the processor for one number of instances, bytes each, and the peak of memory in MB."""

    instances: int
    loading: float
    checking: float
    opening: float
    catalog_bytes: float
    peak: float


def measure(instances: int) -> Synthetic:
    """Load, check and open a catalog of so many instances, in this process."""
    with Catalog.create() as catalog:
        loading = _load(catalog, instances)
        loaded = time.process_time()
        catalog.set_about(*LOOKED_FOR)  # there are no files to look in
        check(catalog)
        checked = time.process_time()
        node = ROOT
        while node.level != "instance":
            node = children(catalog, node, limit=100)[0].node
        opened = time.process_time()
        if counts(catalog).instances != instances:
            raise SystemExit("not all instances were loaded")
        size = catalog_size(catalog) / instances
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1 << 20 if sys.platform == "darwin" else 1024
    )
    return Synthetic(instances, loading, checked - loaded, opened - checked, size, peak)


def _load(catalog: Catalog, instances: int) -> float:
    """Load so many instances, and return the seconds of the processor that it took.

    Making the records is no part of it; unpacking them is, as they come from the processes that read.
    """
    writer = CatalogWriter(catalog)
    writer.add_sources([("/import", True)])
    records = _records(instances)
    seconds = committed = 0.0
    with seldom_collected():  # as a load does
        while batch := list(itertools.islice(records, _BATCH)):
            answer = packed(with_equals_shared([plain_look(Look(record)) for record in batch]), small=False)
            start = time.process_time()
            looks = [look_of(plain) for plain in unpacked(answer, small=False)]
            writer.add([look.result for look in looks if isinstance(look.result, FileRecord)])
            if time.monotonic() - committed > _SECONDS_BETWEEN_COMMITS:
                writer.commit()
                committed = time.monotonic()
            seconds += time.process_time() - start
        start = time.process_time()
        writer.finish()
        return seconds + time.process_time() - start


def _records(instances: int) -> Iterator[FileRecord]:
    """Records as of small files: a reference of its own in each, 500 in a series, 4 series in a study."""
    template = _template()
    uid, place = template.sop_instance_uid, PROFILE_INDEX["SeriesInstanceUID"]
    for number in range(instances):
        series = number // _PER_SERIES
        new = {
            uid: f"{uid[:-9]}{number + 100_000_000}",
            _SERIES: f"{_SERIES}.{series}",
            _STUDY: f"{_STUDY}.{series // 4}",
        }
        if number % _PER_SERIES == 0:
            profile = tuple([new.get(text, text) if text else text for text in template.profile])
            patient = PROFILE_INDEX["PatientID"]
            profile = (*profile[:patient], f"BENCH-{series // 4}", *profile[patient + 1 :])
            assert profile[place] == new[_SERIES]
            values = template.values
            for old in (_SERIES, _STUDY):
                values = tuple([_with(value, old, new[old]) for value in values])
        target = f"1.3.6.1.4.1.32473.7.4.{number + 100_000_000}"
        yield template._replace(
            path=f"{series:04}/{number % _PER_SERIES:05}.dcm",
            profile=profile,
            sop_instance_uid=new[uid],
            meta_sop_instance_uid=new[uid],
            instance_number=str(number % _PER_SERIES + 1),
            values=_with_target(values, target),
            references=tuple([each._replace(uid=target) for each in template.references[:1]]),
        )


def _with_target(values: Sequence[RawUiValue], target: str) -> tuple[RawUiValue, ...]:
    """The values of a file whose references are all to one object; equal ones are counted, as when read."""
    counts: dict[tuple[str, bytes], int] = {}
    for value in values:
        pattern, raw, count = _with(value, "", target) if "Referenced" in value[0] else value
        counts[pattern, raw] = counts.get((pattern, raw), 0) + count
    return tuple([(pattern, raw, count) for (pattern, raw), count in counts.items()])


def _with(value: tuple[str, bytes, int], old: str, new: str) -> tuple[str, bytes, int]:
    pattern, raw, count = value
    if pattern.endswith("SOPClassUID") or (old and raw.rstrip(b"\0") != old.encode()):
        return value
    return (pattern, new.encode() + b"\0" * (len(new) % 2), count)


def _template() -> FileRecord:
    with tempfile.TemporaryDirectory() as folder:
        corpora.small(Path(folder), 1)
        (file,) = Path(folder).rglob("*.dcm")
        record = read_file(0, "", str(file))
    assert isinstance(record, FileRecord)
    stated = {"SeriesInstanceUID": _SERIES, "StudyInstanceUID": _STUDY}
    profile = list(record.profile)
    for keyword, uid in stated.items():
        profile[PROFILE_INDEX[keyword]] = uid
    values = [
        (pattern, stated[pattern].encode() + b"\0" * (len(stated[pattern]) % 2), count)
        if pattern in stated
        else (pattern, raw, count)
        for pattern, raw, count in record.values
    ]
    return record._replace(profile=tuple(profile), values=tuple(values))


def synthetic_growth(numbers: Sequence[int], picture: Path | None) -> None:
    """Measure each number of instances in a process of its own, print the table and draw the picture."""
    measured = [_measured_apart(number) for number in sorted(numbers)]
    print(_table(measured))
    if picture is not None:
        lines = [
            Line("catalog", [(each.instances, each.loading) for each in measured]),
            Line("all checks", [(each.instances, each.checking) for each in measured]),
            Line("tree open", [(each.instances, each.opening) for each in measured]),
        ]
        picture.write_text(log_plot(lines, "instances", "seconds of the processor"), encoding="utf-8")


def _measured_apart(instances: int) -> Synthetic:
    words = [sys.executable, "-m", "benchmarks.synthetic_growth", str(instances)]
    return Synthetic(*json.loads(subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout))


def _table(measured: Sequence[Synthetic]) -> str:
    lines = [
        "| instances | catalog, µs each | checks, µs each | tree open, ms"
        " | instances a second into the catalog | catalog, bytes each | peak of memory, MB |",
        "|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for each in measured:
        loading, checking = (seconds / each.instances * 1e6 for seconds in (each.loading, each.checking))
        lines.append(
            f"| {each.instances:,} | {loading:.1f} | {checking:.1f} | {each.opening * 1e3:.1f}"
            f" | {1e6 / loading:,.0f} | {each.catalog_bytes:.0f} | {each.peak:.0f} |"
        )
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
