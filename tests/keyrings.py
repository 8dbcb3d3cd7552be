"""Keyrings that take the place of the system's."""

from __future__ import annotations

from keyring.backend import KeyringBackend


class InMemory(KeyringBackend):
    """A keyring that forgets everything at the end of a test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password
