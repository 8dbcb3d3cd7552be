"""The names of the subcommands, for whoever only asks whether a word is one: nothing else is loaded here."""

from __future__ import annotations

from typing import Final

COMMANDS: Final = {
    "inspect": "Read folders, judge every UID, report what is wrong.",
    "compare": "Compare two folders, instance by instance: is the copy complete? Or two files.",
    "explain": "Explain UIDs, UUIDs and GUIDs part by part.",
    "generate": "Make new UIDs.",
    "sample": "Write made-up files, faulty on purpose, to try the others on.",
    "regenerate": "Give new identifiers, with all references following, in a verified copy.",
    "key": "Make the key of the repeatable scheme, or show its fingerprint.",
    "roots": "Keep products, versions and installations under the organization's root.",
}
"""Each with a sentence on what it does, in the order of the help."""
