"""``uidscope roots``: products, versions and installations under the organization's root."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

from uidscope.cli.outcome import DONE, ends_in_a_sentence
from uidscope.cli.result_file import write_result
from uidscope.core.report.organization_export import (
    ExportFormat,
    exported,
    organization_overview,
)
from uidscope.core.uid.organization.organization_book import OrganizationBook
from uidscope.core.uid.organization.organization_changes import HandedOut
from uidscope.core.uid.organization.organization_file import default_organization_file
from uidscope.core.uid.root_report import report_on_root, ways_as_json, ways_as_text

_file = click.option(
    "--file",
    "path",
    metavar="FILE",
    default=default_organization_file,
    help="The organization's file.  [default: one in your own data folder]",
)
_format = click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.group("roots")
def roots_command() -> None:
    """Keep products, versions and installations under the organization's root.

    ROOT.1.product.version names a version of a product for good, such as an Implementation Class UID.
    ROOT.2.serial is the root of one installation. A number is never handed out twice: what is retired
    is kept. All of it stands in one file that several programs may use at once.
    """


@roots_command.command("show")
@_file
@_format
@ends_in_a_sentence
def show_command(path: str, format_: str) -> int:
    """Show everything that was handed out, and the next numbers."""
    organization = OrganizationBook(path).read()
    text = exported(organization, "json") if format_ == "json" else organization_overview(organization)
    write_result(text, None, ())
    return DONE


@roots_command.command("set")
@click.argument("root", metavar="ROOT")
@_file
@ends_in_a_sentence
def set_command(root: str, path: str) -> int:
    """Set the organization's root; it stays once a number was handed out."""
    OrganizationBook(path).set_root(root)
    click.echo(root)
    _remark(report_on_root(root).sentences)
    return DONE


@roots_command.command("product")
@click.argument("name", metavar="NAME")
@_file
@_format
@ends_in_a_sentence
def product_command(name: str, path: str, format_: str) -> int:
    """Hand out the next product number, or look up the product's own."""
    return _tell(OrganizationBook(path).product(name), format_)


@roots_command.command("version")
@click.argument("product", metavar="PRODUCT")
@click.argument("name", metavar="VERSION")
@_file
@_format
@ends_in_a_sentence
def version_command(product: str, name: str, path: str, format_: str) -> int:
    """Hand out the next version number of a product, or look up the version's own."""
    return _tell(OrganizationBook(path).version(product, name), format_)


@roots_command.command("installation")
@click.argument("serial", metavar="SERIAL")
@click.option("--number", default="", help="What stands for the serial number in UIDs, instead of itself.")
@_file
@_format
@ends_in_a_sentence
def installation_command(serial: str, number: str, path: str, format_: str) -> int:
    """Hand out the root of an installation.

    A serial number of digits stands in it as it is. One with letters or a leading zero is written by a
    table that can be read back: 0.1, then 0 to 8 as they are, 99 for 9, 900 to 925 for A to Z, 930 to 955
    for a to z, 960 to 964 for - _ . / and a space.
    """
    return _tell(OrganizationBook(path).installation(serial, number), format_)


@roots_command.group("retire")
def retire_group() -> None:
    """Retire a product, a version or an installation; its number is never handed out again."""


@retire_group.command("product")
@click.argument("name", metavar="NAME")
@_file
@ends_in_a_sentence
def retire_product_command(name: str, path: str) -> int:
    """Retire a product and all its versions."""
    OrganizationBook(path).retire_product(name)
    return DONE


@retire_group.command("version")
@click.argument("product", metavar="PRODUCT")
@click.argument("name", metavar="VERSION")
@_file
@ends_in_a_sentence
def retire_version_command(product: str, name: str, path: str) -> int:
    """Retire a version of a product."""
    OrganizationBook(path).retire_version(product, name)
    return DONE


@retire_group.command("installation")
@click.argument("serial", metavar="SERIAL")
@_file
@ends_in_a_sentence
def retire_installation_command(serial: str, path: str) -> int:
    """Retire an installation by its serial number."""
    OrganizationBook(path).retire_installation(serial)
    return DONE


@roots_command.command("export")
@click.option(
    "--format", "format_", type=click.Choice(["csv", "text", "json"]), default="csv", show_default=True
)
@click.option(
    "--installation", "serial", default="", metavar="SERIAL", help="This installation's root alone."
)
@click.option("-o", "--output", metavar="FILE", help="Write there instead of to standard output.")
@_file
@ends_in_a_sentence
def export_command(format_: ExportFormat, serial: str, output: str | None, path: str) -> int:
    """Write everything as a table, as text for a conformance statement, or as JSON."""
    write_result(exported(OrganizationBook(path).read(), format_, serial), output, ())
    return DONE


@roots_command.command("how")
@_format
@ends_in_a_sentence
def how_command(format_: str) -> int:
    """Tell how to get a root."""
    click.echo(_json_text(ways_as_json()) if format_ == "json" else ways_as_text())
    return DONE


def _tell(handed_out: HandedOut, format_: str) -> int:
    if format_ == "json":
        click.echo(_json_text(asdict(handed_out)))
    else:
        click.echo(handed_out.uid)
        _remark(handed_out.remarks)
    return DONE


def _remark(sentences: tuple[str, ...]) -> None:
    for sentence in sentences:
        click.echo(sentence, err=True)


def _json_text(content: Any) -> str:
    return json.dumps(content, indent=1)
