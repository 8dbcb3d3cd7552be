"""The steps of a plan's history in words, for undo and redo."""

from __future__ import annotations

from uidscope.core.plan.history import Step
from uidscope.core.plan.intention import Intention, Selector
from uidscope.core.plan.told.notes import PlanNote, sentence


def step_sentence(step: Step, subject: str = "", language: str | None = None) -> str:
    """Return what a step did, to stand behind "Undo:" and "Redo:".

    ``subject`` is what the intention is about, in the caller's words; else its selection is named by its
    identifiers.
    """
    facts: dict[str, str | int] = {
        "what": intention_words(step.intention, subject, language),
        "rows": len(step.rows),
        "old": step.rows[0].old if step.rows else "",
        "uid": step.decisions[0].uid if len(step.decisions) == 1 else step.uid,
        "count": len(step.decisions),
        "findings": step.findings,
    }
    return sentence(PlanNote(_code(step), facts), language)


def intention_words(intention: Intention, subject: str = "", language: str | None = None) -> str:
    """Return an intention in a few words: "an independent copy of the study 1.2.3"."""
    about = subject or selection_words(intention.selectors, language)
    return sentence(PlanNote(f"intention-{intention.kind}", {"subject": about}), language)


def selection_words(selectors: tuple[Selector, ...], language: str | None = None) -> str:
    """Return what some selectors mean together: the one, or how many there are of a kind."""
    if not selectors:
        return sentence(PlanNote("selection-everything"), language)
    kinds = {selector.kind for selector in selectors}
    if len(selectors) == 1:
        (selector,) = selectors
        return sentence(PlanNote(f"selection-{selector.kind}", {"value": selector.value}), language)
    kind = kinds.pop() if len(kinds) == 1 else "place"
    return sentence(PlanNote(f"selection-several-{kind}", {"count": len(selectors)}), language)


def _code(step: Step) -> str:
    """The sentence of a step: some depend on how many rows it is about, and on what these have."""
    if step.code == "row-set":
        return "step-row-set" if step.uid else "step-row-unset"
    if step.code in ("row-off", "row-on"):
        is_named = len(step.rows) == 1 and bool(step.rows[0].old)
        return f"step-{step.code}" if is_named else f"step-{step.code}-several"
    if step.code in ("decided", "undecided") and len(step.decisions) > 1:
        return f"step-{step.code}-several"
    return f"step-{step.code}"
