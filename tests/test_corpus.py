"""The corpus is the one that its ground truth speaks of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus import corpus_folder, expected, expected_files


@pytest.mark.corpus
def test_the_ground_truth_lists_the_files_that_are_there(corpus: Path) -> None:
    there = {path.relative_to(corpus).as_posix() for path in corpus.rglob("*") if path.is_file()}
    assert expected_files().keys() == there
    assert expected()["facts"]["counts"]["files"] == len(there)


def test_an_absent_corpus_skips(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("UIDSCOPE_CORPUS", str(tmp_path))
    with pytest.raises(pytest.skip.Exception, match="UIDSCOPE_CORPUS"):
        corpus_folder()
