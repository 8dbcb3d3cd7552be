"""Documents about images: a structured report, a key object selection and an encapsulated PDF."""

from __future__ import annotations

from collections.abc import Sequence

from pydicom.dataset import Dataset, FileDataset
from pydicom.uid import ComprehensiveSRStorage, EncapsulatedPDFStorage, KeyObjectSelectionDocumentStorage

from tests.builders.modules import (
    add_content_time,
    code,
    instance_reference,
    new_object,
    study_references,
)
from tests.builders.study import FIRST_STUDY, Study


def sr(
    images: Sequence[FileDataset],
    *,
    study: Study | None = None,
    series_number: int = 401,
    evidence: bool = True,
) -> FileDataset:
    """A Comprehensive SR that names each image in its content, and in its evidence unless told otherwise."""
    study = study or Study.of(images[0])
    dataset = _document(ComprehensiveSRStorage, study, "SR", series_number, "Report")
    dataset.PerformedProcedureCodeSequence = []
    dataset.CompletionFlag = "COMPLETE"
    dataset.VerificationFlag = "UNVERIFIED"
    dataset.PreliminaryFlag = "FINAL"
    if evidence:
        dataset.CurrentRequestedProcedureEvidenceSequence = study_references(images, "ReferencedSOPSequence")
    dataset.ConceptNameCodeSequence = [code("18748-4", "LN", "Diagnostic imaging report")]
    text = _content("CONTAINS", "TEXT", code("121071", "DCM", "Finding"))
    text.TextValue = "No finding."
    tracking = _content("CONTAINS", "UIDREF", code("112040", "DCM", "Tracking Unique Identifier"))
    tracking.UID = study.entity_uid(series_number)
    dataset.ContentSequence = [text, tracking, *map(_image_content, images)]
    return dataset


def key_object(
    images: Sequence[FileDataset],
    *,
    title: tuple[str, str] = ("113000", "Of Interest"),
    study: Study | None = None,
    series_number: int = 501,
) -> FileDataset:
    """A key object selection of the images (TID 2010); `title` is a DCM code and its meaning (CID 7010)."""
    study = study or Study.of(images[0])
    dataset = _document(KeyObjectSelectionDocumentStorage, study, "KO", series_number, "Key objects")
    dataset.CurrentRequestedProcedureEvidenceSequence = study_references(images, "ReferencedSOPSequence")
    dataset.ConceptNameCodeSequence = [code(title[0], "DCM", title[1])]
    template = Dataset()
    template.MappingResource = "DCMR"
    template.TemplateIdentifier = "2010"
    dataset.ContentTemplateSequence = [template]
    dataset.ContentSequence = [_image_content(image) for image in images]
    return dataset


def _document(
    sop_class: str, study: Study, modality: str, series_number: int, description: str
) -> FileDataset:
    """A document of the SR family: its series, time and root container (PS3.3 C.17.1, C.17.3)."""
    dataset = new_object(
        sop_class,
        study,
        modality=modality,
        series_number=series_number,
        instance_number=1,
        description=description,
    )
    add_content_time(dataset, study)
    dataset.ReferencedPerformedProcedureStepSequence = []
    dataset.ValueType = "CONTAINER"
    dataset.ContinuityOfContent = "SEPARATE"
    return dataset


def _content(relationship: str, value_type: str, concept: Dataset | None = None) -> Dataset:
    item = Dataset()
    item.RelationshipType = relationship
    item.ValueType = value_type
    if concept is not None:
        item.ConceptNameCodeSequence = [concept]
    return item


def _image_content(image: Dataset) -> Dataset:
    item = _content("CONTAINS", "IMAGE")
    item.ReferencedSOPSequence = [instance_reference(image)]
    return item


def encapsulated_pdf(
    *,
    study: Study = FIRST_STUDY,
    series_number: int = 901,
    text: str = "Test report",
    sources: Sequence[FileDataset] = (),
) -> FileDataset:
    """A PDF of one page with the text in it, uncompressed, so that a UID in it stands there byte for byte."""
    dataset = new_object(
        EncapsulatedPDFStorage,
        study,
        modality="DOC",
        series_number=series_number,
        instance_number=1,
        description="Document",
    )
    dataset.ConversionType = "WSD"
    add_content_time(dataset, study)
    dataset.AcquisitionDateTime = ""
    dataset.BurnedInAnnotation = "NO"
    dataset.DocumentTitle = "Test report"
    dataset.ConceptNameCodeSequence = [code("18748-4", "LN", "Diagnostic imaging report")]
    if sources:
        dataset.SourceInstanceSequence = [instance_reference(source) for source in sources]
    dataset.MIMETypeOfEncapsulatedDocument = "application/pdf"
    document = pdf(text)
    dataset.EncapsulatedDocumentLength = len(document)
    dataset.EncapsulatedDocument = document + bytes(len(document) % 2)
    return dataset


def pdf(text: str) -> bytes:
    """A PDF document of one page that shows one line of ASCII text."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    stream = f"BT /F1 12 Tf 72 720 Td ({escaped}) Tj ET"
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    document = b"%PDF-1.4\n"
    table = ["0000000000 65535 f "]
    for number, body in enumerate(bodies, start=1):
        table.append(f"{len(document):010} 00000 n ")
        document += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    lines = "\n".join(table)
    trailer = f"trailer\n<< /Size {len(table)} /Root 1 0 R >>\nstartxref\n{len(document)}\n%%EOF\n"
    return document + f"xref\n0 {len(table)}\n{lines}\n{trailer}".encode("ascii")
