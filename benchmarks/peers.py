"""Other converters of HTML to Markdown, with their versions, for the comparisons of speed and of fidelity.

Each gets the HTML of articles and returns Markdown with the processor time that it took for each, without the start of
its process.  Each has the settings that its documentation gives for GitHub's Markdown.  The converters for Node are
looked for in the folder NODE_PACKAGES, by default ``.bench``, where ``make bench`` installs them.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
NODE_SCRIPT = HERE / "peers.mjs"
NODE_PACKAGES = Path(os.environ.get("NODE_PACKAGES") or HERE.parent / ".bench")


class Conversion(NamedTuple):
    """The Markdown of one article ("" where the converter failed), and the seconds that it took."""

    markdown: str
    seconds: float


@dataclass(frozen=True)
class Peer:
    """A converter that is installed."""

    version: str
    convert: Callable[[Sequence[str]], list[Conversion]]


def installed(names: Sequence[str] = ()) -> Iterator[tuple[str, Peer]]:
    """Yield the converters (only those of some names, if any are given) that are installed; name the others."""
    for name, load in PEERS.items():
        if names and name not in names:
            continue
        try:
            yield name, load()
        except (ImportError, OSError, subprocess.CalledProcessError) as reason:
            print(f"left out: {name}: {str(reason).splitlines()[0]}", file=sys.stderr)


def in_process(function: Callable[[str], str | None]) -> Callable[[Sequence[str]], list[Conversion]]:
    """Return a function that converts many articles with one that converts one."""

    def one(html: str) -> Conversion:
        started = time.process_time()
        try:
            markdown = function(html) or ""
        except Exception as reason:  # whatever another program raises for an article counts as nothing converted
            print(f"failed: {type(reason).__name__}: {reason}"[:200], file=sys.stderr)
            markdown = ""
        return Conversion(markdown, time.process_time() - started)

    return lambda articles: [one(html) for html in articles]


def _markdownify() -> Peer:
    from markdownify import ATX, markdownify

    return Peer(version("markdownify"), in_process(lambda html: str(markdownify(html, heading_style=ATX))))


def _html2text() -> Peer:
    import html2text

    def convert(html: str) -> str:
        converter = html2text.HTML2Text(bodywidth=0)
        return str(converter.handle(html))

    return Peer(version("html2text"), in_process(convert))


def _html_to_markdown() -> Peer:
    import html_to_markdown

    def convert(html: str) -> str:
        found = html_to_markdown.convert(html)
        return str(getattr(found, "content", found) or "")

    return Peer(version("html-to-markdown"), in_process(convert))


def _trafilatura() -> Peer:
    from trafilatura import extract

    def convert(html: str) -> str | None:
        found: str | None = extract(
            html, output_format="markdown", include_formatting=True, include_links=True, include_images=True
        )
        return found

    return Peer(version("trafilatura"), in_process(convert))


def _markitdown() -> Peer:
    from markitdown import MarkItDown

    converter = MarkItDown()

    def convert(html: str) -> str:
        data = io.BytesIO(f'<meta charset="utf-8">{html}'.encode())
        return str(converter.convert_stream(data, file_extension=".html").markdown)

    return Peer(version("markitdown"), in_process(convert))


def _pandoc() -> Peer:
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "-f", "html", "-t", "gfm", "--wrap=none"]

    def one(html: str) -> Conversion:
        before = os.times()
        done = subprocess.run(command, input=html.encode(), capture_output=True, check=False)
        after = os.times()
        seconds = after.children_user + after.children_system - before.children_user - before.children_system
        return Conversion(done.stdout.decode() if done.returncode == 0 else "", seconds)

    def convert(articles: Sequence[str]) -> list[Conversion]:
        start = min(one("<p>a</p>").seconds for _ in range(3))
        return [Conversion(found.markdown, max(found.seconds - start, 0.0)) for found in map(one, articles)]

    return Peer(pypandoc.get_pandoc_version(), convert)


def _node(name: str) -> Callable[[], Peer]:
    """Return a function that loads a converter for Node; its process measures without its start, after a warm-up."""

    def run(articles: Sequence[str]) -> dict[str, object]:
        command = ["node", str(NODE_SCRIPT), str(NODE_PACKAGES), name]
        done = subprocess.run(command, input=json.dumps(articles), capture_output=True, text=True, check=False)
        if done.returncode:
            reasons = [line for line in done.stderr.splitlines() if "Error" in line]
            raise OSError(reasons[0] if reasons else "node failed")
        found: dict[str, object] = json.loads(done.stdout)
        return found

    def convert(articles: Sequence[str]) -> list[Conversion]:
        results = run(articles)["results"]
        assert isinstance(results, list)
        return [Conversion(str(markdown), float(seconds)) for markdown, seconds in results]

    return lambda: Peer(str(run([])["version"]), convert)


PEERS: Mapping[str, Callable[[], Peer]] = {
    "html-to-markdown (Rust)": _html_to_markdown,
    "mdream (native)": _node("mdream"),
    "turndown": _node("turndown"),
    "pandoc": _pandoc,
    "markdownify": _markdownify,
    "markitdown": _markitdown,
    "html2text": _html2text,
    "trafilatura": _trafilatura,
}
"""The converters by name."""
