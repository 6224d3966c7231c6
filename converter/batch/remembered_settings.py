"""The settings of a run as the manifest keeps them, so that later commands need not be told them again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from typing import NamedTuple

from converter.batch.values import BatchError, Job
from converter.model import OptionError
from converter.options import Options
from converter.options.own_sites import data_of
from converter.version import __version__


class RunSettings(NamedTuple):
    """How documents were converted: the options, and the fields that tables such as JSON Lines were read by."""

    options: Options = Options()
    path_field: str = "path"
    content_field: str = "content"


def to_json(job: Job) -> str:
    """Return a job's settings as JSON."""
    options = {
        field.name: getattr(job.options, field.name)
        for field in fields(Options)
        if field.name not in ("code_language_callback", "sites")
    }
    if job.options.sites:
        options["sites"] = [data_of(site) for site in job.options.sites]
    return json.dumps({"options": options, "path_field": job.path_field, "content_field": job.content_field})


def from_json(text: str) -> RunSettings:
    """Return the settings that JSON holds; BatchError where it is not what ``to_json`` writes."""
    try:
        kept = json.loads(text)
        options = Options(**kept["options"])
        return RunSettings(options, str(kept["path_field"]), str(kept["content_field"]))
    except (ValueError, KeyError, TypeError, OptionError) as error:
        raise BatchError(f"the manifest holds settings that this version does not know: {error}") from error


def fingerprint(options: Options, variant: str = "") -> str:
    """Return a text that is equal for options that give the same Markdown; "" where that cannot be known."""
    if options.code_language_callback is not None:
        return ""
    return hashlib.blake2b(f"{__version__} {options!r}{variant}".encode(), digest_size=8).hexdigest()
