import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import ct_series, encoded, write_folder
from uidscope.core.catalog.content import contents
from uidscope.core.catalog.store import Catalog
from uidscope.core.errors import Cancelled
from uidscope.core.flow import load
from uidscope.core.progress import CancelToken
from uidscope.core.read.find_files import resolve_sources

NAMES = ["1.dcm", "2.dcm"]


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    write_folder(ct_series(2), tmp_path / "source", names=NAMES)
    with Catalog.create() as made:
        load(made, resolve_sources([str(tmp_path / "source")]))
        yield made


def known(catalog: Catalog) -> dict[str, bytes]:
    names = {
        id_: bytes(name).decode()
        for id_, name in catalog.connection.execute("SELECT id, name FROM occurrence")
    }
    return {names[id_]: content.sha256 for id_, content in contents(catalog, names).items()}


def test_the_digest_is_that_of_the_whole_file(catalog: Catalog) -> None:
    expected = [hashlib.sha256(encoded(image)).digest() for image in ct_series(2)]
    assert known(catalog) == dict(zip(NAMES, expected, strict=True))


def test_a_file_is_read_once(catalog: Catalog, tmp_path: Path) -> None:
    first = known(catalog)
    for name in NAMES:
        (tmp_path / "source" / name).unlink()
    assert known(catalog) == first


def test_a_file_that_is_gone_or_another_now_is_left_out(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "source" / "1.dcm").unlink()
    (tmp_path / "source" / "2.dcm").write_bytes(b"another")
    assert known(catalog) == {}


def test_it_can_be_cancelled(catalog: Catalog) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        contents(catalog, [1, 2], token=token)
