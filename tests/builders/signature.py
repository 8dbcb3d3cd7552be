"""Digital signatures (PS3.3 C.12.1.1.3): the shape of one, whose bytes verify nothing."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import TypeVar

from pydicom.dataset import Dataset
from pydicom.tag import Tag

from tests.builders.study import TEST_ROOT

_D = TypeVar("_D", bound=Dataset)

SIGNED_ELEMENTS = ("SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID")


def signed(dataset: _D, *, elements: Sequence[str] = SIGNED_ELEMENTS, number: int = 1) -> _D:
    """A copy of the dataset or sequence item with a signature over those of the elements that it has."""
    result = copy.deepcopy(dataset)
    mac = Dataset()
    mac.MACIDNumber = number
    mac.MACCalculationTransferSyntaxUID = "1.2.840.10008.1.2.1"
    mac.MACAlgorithm = "SHA256"
    mac.DataElementsSigned = [Tag(keyword) for keyword in elements if keyword in dataset]
    result.MACParametersSequence = [mac]
    signature = Dataset()
    signature.MACIDNumber = number
    signature.DigitalSignatureUID = f"{TEST_ROOT}.1.2.{number}"
    signature.DigitalSignatureDateTime = "20240102101112"
    signature.CertificateType = "X509_1993_SIG"
    signature.CertificateOfSigner = b"not a certificate."
    signature.Signature = b"not a signature."
    result.DigitalSignaturesSequence = [signature]
    return result
