"""Plans over the corpus of real files: what resolved resolves, and nothing old is left that was replaced."""

from collections import Counter
from pathlib import Path

import pytest

from tests.core.plan.carried_out import carry_out, derive, loaded, references_by_place, selecting
from uidscope.core.catalog.references import ReferenceRow

References = dict[tuple[str, str, str], ReferenceRow]


def states(references: References, files: set[str]) -> Counter[tuple[str, str, str]]:
    """How often each state, by file and element, of references to instances and frames of reference."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for (file, pattern, _), row in references.items():
        if file in files and row.kind in ("instance", "frame_of_reference"):
            counts[file, pattern, row.state] += row.count
    return counts


@pytest.mark.corpus
@pytest.mark.parametrize("kind", ["instances", "derived-series", "copy", "pseudonymous"])
def test_references_of_the_corpus_keep_their_states(corpus: Path, tmp_path: Path, kind: str) -> None:
    with loaded(corpus) as catalog:
        before = references_by_place(catalog)
        uid_map = derive(catalog, selecting(kind), acknowledged=True)
        uid_map.require_decided()
        outcome = carry_out(catalog, uid_map, tmp_path)
    after = outcome.references()
    files = set(outcome.files)
    assert len(files) > 900
    assert states(after, files) == states(before, files)
    replaced = {entry.old for entry in uid_map.entries() if entry.kind == "instance" and entry.scope == "all"}
    assert replaced.isdisjoint(row.uid for row in after.values())
