"""Profiles and the file of the user's own rule settings."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uidscope.core.catalog.devices import Device
from uidscope.core.errors import InputError, OutputError, UsageError
from uidscope.core.judge.rule_settings import (
    CHANGED,
    PROFILES,
    STRICT,
    Ignore,
    RuleSettings,
    load_rule_settings,
    own_settings,
    parse_rule_settings,
    profile,
    rule_settings_text,
    with_ignore,
    with_profile,
    with_severity,
    without_ignore,
)
from uidscope.core.judge.rule_table import rules
from uidscope.core.report.rule_settings_file import (
    default_rule_settings_path,
    keep_rule_settings,
    kept_rule_settings,
    save_rule_settings,
)

OWN = """
format = 1
name = "Our archive"
based_on = "archive"

[severity]
UID-S04 = "off"
ENT-50 = "error"

[[ignore]]
rule = "ENT-11"
reason = "Two departments, merged in 2019."
study = "1.2.840.1"

[[ignore]]
rule = "UID-S04"
reason = "The vendor knows."
device = { manufacturer = "ACME", serial = "7" }
"""

texts = st.text(st.characters(codec="utf-8"), max_size=20)
reasons = texts.map(lambda text: f"because {text}".strip())
ignores = st.builds(
    Ignore,
    rule=st.sampled_from(list(rules())),
    reason=reasons,
    uid=texts,
    series=texts,
    study=texts,
    device=st.builds(Device, texts, texts, texts, texts),
    since=st.just("") | st.dates().map(dt.date.isoformat),
)


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_names_known_rules_and_bears_its_name(name: str) -> None:
    settings = profile(name)
    assert settings.name == name
    assert settings.severities.keys() <= rules().keys()
    assert settings.ignores == ()
    assert load_rule_settings(name) == settings


def test_a_profile_changes_what_it_names() -> None:
    for name in PROFILES:
        for code, severity in profile(name).severities.items():
            assert rules()[code].severities != (severity,), (name, code)


def test_strict_is_the_rules_themselves() -> None:
    assert profile("strict") == STRICT == RuleSettings("strict")


def test_own_settings_lie_over_a_profile(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(OWN, "utf-8")
    settings = load_rule_settings(str(path))
    assert (settings.name, settings.based_on) == ("Our archive", "archive")
    assert settings.severities == {**profile("archive").severities, "UID-S04": "off", "ENT-50": "error"}
    assert settings.ignores == (
        Ignore("ENT-11", "Two departments, merged in 2019.", study="1.2.840.1"),
        Ignore("UID-S04", "The vendor knows.", device=Device("ACME", "", "7", "")),
    )


@given(
    name=texts.filter(bool),
    based_on=st.sampled_from(PROFILES),
    severities=st.dictionaries(
        st.sampled_from(list(rules())), st.sampled_from(["error", "warning", "info", "off"]), max_size=5
    ),
    ignored=st.lists(ignores, max_size=3),
)
def test_what_is_written_is_read_again(
    name: str, based_on: str, severities: dict[str, str], ignored: list[Ignore]
) -> None:
    settings = own_settings(name, based_on)
    for code, severity in severities.items():
        settings = with_severity(settings, code, severity)  # type: ignore[arg-type]
    for ignore in ignored:
        settings = with_ignore(settings, ignore)
    assert parse_rule_settings(rule_settings_text(settings)) == settings


def test_a_file_written_is_plain_to_read(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    settings = with_ignore(
        with_severity(own_settings("Ours", "archive"), "UID-S04", "off"),
        Ignore("ENT-50", 'They say "later".', series="1.2.3"),
        today=dt.date(2024, 1, 31),
    )
    save_rule_settings(settings, str(path))
    assert path.read_text("utf-8") == (
        'format = 1\nname = "Ours"\nbased_on = "archive"\n\n[severity]\nUID-S04 = "off"\n\n'
        '[[ignore]]\nrule = "ENT-50"\nreason = "They say \\"later\\"."\n'
        'series = "1.2.3"\nsince = 2024-01-31\n'
    )
    assert load_rule_settings(str(path)) == settings
    with pytest.raises(OutputError):
        save_rule_settings(settings, str(tmp_path / "no" / "rules.toml"))


def test_a_severity_can_be_given_back() -> None:
    settings = own_settings("Ours", "archive")
    changed = with_severity(with_severity(settings, "ENT-50", "off"), "UID-S01", "off")
    assert changed.severities["ENT-50"] == changed.severities["UID-S01"] == "off"
    assert with_severity(with_severity(changed, "ENT-50", None), "UID-S01", None) == settings


def test_an_ignore_needs_a_reason_and_a_rule() -> None:
    with pytest.raises(UsageError, match="reason"):
        with_ignore(STRICT, Ignore("UID-S04", "  "))
    with pytest.raises(UsageError, match="ENT-99"):
        with_ignore(STRICT, Ignore("ENT-99", "known"))
    with pytest.raises(UsageError, match="ENT-99"):
        with_severity(STRICT, "ENT-99", "off")
    with pytest.raises(UsageError, match="lenient"):
        profile("lenient")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "format = 1"),
        ("format = 2", "format = 1"),
        ("format = ", "no TOML"),
        ('format = 1\nbased_on = "lenient"', "lenient"),
        ("format = 1\nname = 7", "“name”"),
        ('format = 1\nseverity = "off"', "“severity”"),
        ('format = 1\n[severity]\nENT-99 = "off"', "ENT-99"),
        ('format = 1\n[severity]\nENT-50 = "loud"', "ENT-50"),
        ("format = 1\n[severity]\nENT-50 = 1", "ENT-50"),
        ('format = 1\n[severities]\nENT-50 = "off"', "“severities”"),
        ('format = 1\n[ignore]\nrule = "ENT-50"', "[[ignore]]"),
        ('format = 1\n[[ignore]]\nrule = "ENT-50"', "reason"),
        ('format = 1\n[[ignore]]\nrule = "ENT-99"\nreason = "x"', "ENT-99"),
        ('format = 1\n[[ignore]]\nrule = "ENT-50"\nreason = "x"\nuids = "1"', "“uids”"),
        ('format = 1\n[[ignore]]\nrule = "ENT-50"\nreason = "x"\ndevice = { make = "A" }', "“make”"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as raised:
        load_rule_settings(str(path))
    assert said in str(raised.value)
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "raw.toml").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "none.toml", tmp_path, tmp_path / "raw.toml"):
        with pytest.raises(InputError) as raised:
            load_rule_settings(str(path))
        assert str(path) in str(raised.value)


def test_an_ignore_is_taken_back_by_its_rule_and_reason() -> None:
    one, other = (Ignore("UID-S04", why, since="2024-01-31") for why in ("Known.", "Old scanner."))
    settings = with_ignore(with_ignore(STRICT, one), other)
    assert without_ignore(settings, "UID-S04", "Known.").ignores == (other,)
    assert without_ignore(settings, "ENT-50", "Known.") == settings


@pytest.mark.parametrize("name", PROFILES)
def test_another_profile_keeps_what_the_user_ignores(name: str) -> None:
    own = Ignore("UID-S04", "Known.", since="2024-01-31")
    for before in PROFILES:
        changed = with_profile(with_ignore(profile(before), own), name)
        assert changed.name == name
        assert changed.severities == profile(name).severities
        assert changed.ignores == (*profile(name).ignores, own)
    with pytest.raises(UsageError):
        with_profile(STRICT, "lenient")


def test_a_profile_that_is_changed_is_the_users_own() -> None:
    changed = with_severity(profile("archive"), "UID-S04", "off")
    assert (changed.name, changed.based_on) == (CHANGED, "archive")
    assert parse_rule_settings(rule_settings_text(changed)) == changed
    assert with_severity(changed, "UID-S04", None) == profile("archive")


# What is ignored since when


def test_an_ignore_is_of_the_day_it_is_said() -> None:
    today = dt.date(2024, 1, 31)
    settings = with_ignore(STRICT, Ignore("UID-S04", "known"), today)
    assert settings.ignores[0].since == "2024-01-31"
    assert with_ignore(STRICT, settings.ignores[0], dt.date(2025, 1, 1)) == settings
    said_now = with_ignore(STRICT, Ignore("UID-S04", "known")).ignores[0].since
    assert dt.date.fromisoformat(said_now) > today


@pytest.mark.parametrize("written", ["2024-01-31", '"2024-01-31"'])
def test_a_date_may_stand_in_quotes(written: str) -> None:
    entry = f'format = 1\n[[ignore]]\nrule = "UID-S04"\nreason = "known"\nsince = {written}\n'
    assert parse_rule_settings(entry).ignores[0].since == "2024-01-31"


@pytest.mark.parametrize("written", ["2024-01-31T10:00:00", '"31.1.2024"', "2024", "[]"])
def test_what_is_no_date_is_said(written: str) -> None:
    entry = f'format = 1\n[[ignore]]\nrule = "UID-S04"\nreason = "known"\nsince = {written}\n'
    with pytest.raises(InputError, match="is a date"):
        parse_rule_settings(entry)


# Kept from one start to the next


def test_settings_are_kept_for_this_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "rules.toml"
    assert kept_rule_settings(str(path)) == STRICT
    settings = with_ignore(with_profile(STRICT, "archive"), Ignore("UID-S04", "known", uid="1.02"))
    keep_rule_settings(settings, str(path))
    assert kept_rule_settings(str(path)) == settings
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
    keep_rule_settings(STRICT, str(path))
    assert kept_rule_settings(str(path)) == STRICT
    assert [each.name for each in path.parent.iterdir()] == ["rules.toml"]


@pytest.mark.parametrize("damage", [b"format = 1\n[[ignore]]\nrule", b"\xff\xfe", b"", b"a = " + b"[" * 5000])
def test_a_damaged_file_is_told_and_never_written_over(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "rules.toml"
    path.write_bytes(damage)
    for attempt in (lambda: kept_rule_settings(str(path)), lambda: keep_rule_settings(STRICT, str(path))):
        with pytest.raises(InputError, match=r"rules\.toml"):
            attempt()
    assert path.read_bytes() == damage


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot be written"):
        keep_rule_settings(STRICT, str(tmp_path / "file" / "folder" / "rules.toml"))


def test_they_lie_in_the_users_settings_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("platformdirs.user_config_dir", lambda *_, **__: str(tmp_path / "settings"))
    assert default_rule_settings_path() == str(tmp_path / "settings" / "rules.toml")
