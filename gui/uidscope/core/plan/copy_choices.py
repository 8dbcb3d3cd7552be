"""What a copy takes along of the order and the performed step that its original answers.

One Accession Number on two studies of one archive files both under that order; a worklist or a report
that asks for the order then finds the copy too. Whether that is wanted only the user knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, get_args

from uidscope.core.errors import UsageError

Choice = Literal["keep", "empty"]
CopyQuestion = Literal["accession", "study-id", "request", "performed-step"]

COPY_QUESTIONS: Final[tuple[CopyQuestion, ...]] = get_args(CopyQuestion)


class CopyChoices(NamedTuple):
    """The answers: ``keep`` leaves what the files say, ``empty`` takes it away as its type allows.

    ``accession`` is the Accession Number and its issuer, wherever it stands; ``study_id`` the Study ID;
    ``request`` the request attributes, in their sequences and beside them; ``performed_step`` the
    reference to the Modality Performed Procedure Step, its ID, dates and times.
    """

    accession: Choice = "keep"
    study_id: Choice = "keep"
    request: Choice = "keep"
    performed_step: Choice = "keep"

    def is_emptied(self, question: CopyQuestion) -> bool:
        """Say whether the answer to a question is ``empty``."""
        return dict(zip(COPY_QUESTIONS, self, strict=True))[question] == "empty"


KEEP_ALL: Final = CopyChoices()


def emptying(questions: Iterable[str]) -> CopyChoices:
    """Return the choices that empty these and keep the others. Raises ``UsageError`` for another word."""
    asked = set(questions)
    unknown = asked.difference(COPY_QUESTIONS)
    if unknown:
        raise UsageError(f"“{min(unknown)}” cannot be emptied; {', '.join(COPY_QUESTIONS)} can.")
    return CopyChoices(*("empty" if question in asked else "keep" for question in COPY_QUESTIONS))
