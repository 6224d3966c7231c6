"""Counts the attack vectors that are live after conversion and rendering: ``python -m benchmarks.security [--peers]``.

Converters (csdn2md; with ``--peers`` others, too) and renderers that are not installed are named and skipped.  A vector
is live in a renderer if, in any position, the rendered HTML has something that the allow-list
(tests/kit/harmless.py) does not have.
"""

from __future__ import annotations

import argparse
import importlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

Convert = Callable[[list[str]], list[str]]
Render = Callable[[list[str]], list[str]]

NOT_RENDERED = "<p>not rendered</p><plaintext>"
"""A page that is live, for an article with which a renderer fails or does not end."""
KRAMDOWN = f"""
NOT_RENDERED = '{NOT_RENDERED}'
require 'json'
begin; require 'kramdown-parser-gfm'; input = 'GFM'; rescue LoadError; input = 'kramdown'; end
require 'kramdown'
require 'timeout'
render = lambda do |text|
  Timeout.timeout(30) {{ Kramdown::Document.new(text, input: input).to_html }}
rescue Timeout::Error
  $stderr.puts "kramdown does not end: #{{text.inspect}}"
  NOT_RENDERED
rescue StandardError => error
  $stderr.puts "kramdown: #{{error.class}}: #{{error.message}} #{{error.backtrace[0]}} in #{{text.inspect}}"
  NOT_RENDERED
end
puts JSON.generate(JSON.parse($stdin.read).map(&render))
"""
TURNDOWN = """
const service = new (require('turndown'))();
const read = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const one = (html) => { try { return service.turndown(html) } catch (error) { return '' } };
process.stdout.write(JSON.stringify(read.map(one)));
"""
HUGO = """baseURL = "http://localhost/"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404", "robotsTXT", "home", "section"]
[markup.goldmark.renderer]
unsafe = true
[markup.highlight]
codeFences = false
"""
PASSTHROUGH = """[markup.goldmark.extensions.passthrough]
enable = true
[markup.goldmark.extensions.passthrough.delimiters]
block = [["$$", "$$"]]
inline = [["$", "$"]]
"""


def json_filter(command: list[str], cwd: str | None = None) -> Callable[[list[str]], list[str]]:
    """Return a function that sends a JSON list of texts through a program."""

    def run(texts: list[str]) -> list[str]:
        given = json.dumps(texts).encode("utf-8", "replace")
        done = subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True, cwd=cwd)
        return [str(text) for text in json.loads(done.stdout)]

    return run


def goldmark(texts: list[str], program: str = "hugo", *, passthrough: bool = False) -> list[str]:
    """Render with goldmark (in Hugo), raw HTML allowed; ``passthrough``: formulas go to the page as they are.

    A text that Hugo cannot build is named on stderr and is not rendered.
    """
    try:
        return _hugo(texts, program, passthrough)
    except subprocess.CalledProcessError as error:
        if len(texts) == 1:
            print(f"Hugo fails: {texts[0]!r}: {error.stderr[-400:]!r}", file=sys.stderr)
            return [NOT_RENDERED]
    half = len(texts) // 2
    return [*goldmark(texts[:half], program, passthrough=passthrough),
            *goldmark(texts[half:], program, passthrough=passthrough)]  # fmt: skip


def _hugo(texts: list[str], program: str, passthrough: bool) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        (site / "content").mkdir()
        (site / "layouts" / "_default").mkdir(parents=True)
        (site / "layouts" / "_default" / "single.html").write_text("{{ .Content }}")
        (site / "hugo.toml").write_text(HUGO + (PASSTHROUGH if passthrough else ""))
        for number, text in enumerate(texts):
            page = f"---\ntitle: x\n---\n{text}"
            (site / "content" / f"p{number}.md").write_bytes(page.encode("utf-8", "replace"))
        subprocess.run([program, "--quiet", "--source", folder], check=True, capture_output=True)
        written = [site / "public" / f"p{number}" / "index.html" for number in range(len(texts))]
        return [
            path.read_text("utf-8") if path.exists() else "" for path in written
        ]  # Hugo writes no file for an empty page


def _each(render: Callable[[str], str], texts: list[str]) -> list[str]:
    return list(map(render, texts))


def renderers() -> dict[str, Render]:
    """Return the renderers that are installed."""
    from tests.laws.test_vectors import RENDERERS

    found: dict[str, Render] = {name: partial(_each, render) for name, render in RENDERERS.items()}
    if shutil.which("ruby"):
        found["kramdown"] = json_filter(["ruby", "-e", KRAMDOWN])
    if shutil.which("hugo"):
        found["goldmark"] = goldmark
    return found


def ours(texts: list[str]) -> list[str]:
    """Convert with csdn2md for Hugo, so that shortcodes stay text in its goldmark."""
    from converter import convert
    from converter.options import Options

    return [convert(text, options=Options(flavor="hugo")).text for text in texts]


def _python_peer(module: str, function: str) -> Convert | None:
    try:
        call = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError):
        return None

    def one(html: str) -> str:
        try:
            result = call(html)
        except Exception as error:
            return f"({type(error).__name__})"
        return str(getattr(result, "content", result))

    return lambda texts: [one(text) for text in texts]


def _pandoc() -> Convert | None:
    """Return a conversion with the pandoc of the package pypandoc-binary; None where that is not installed."""
    try:
        import pypandoc
    except ImportError:
        return None
    command = [pypandoc.get_pandoc_path(), "-f", "html", "-t", "gfm"]

    def one(html: str) -> str:
        given = html.encode("utf-8", "replace")
        return subprocess.run(command, input=given, capture_output=True, check=False).stdout.decode()

    return partial(_each, one)


def converters(peers: bool, node_folder: str) -> Mapping[str, Convert]:
    """Return the converters that are installed."""
    found: dict[str, Convert | None] = {"csdn2md": ours}
    if peers:
        found["markdownify"] = _python_peer("markdownify", "markdownify")
        found["html2text"] = _python_peer("html2text", "html2text")
        found["html-to-markdown"] = _python_peer("html_to_markdown", "convert")
        found["pandoc"] = _pandoc()
        has_turndown = node_folder and (Path(node_folder) / "node_modules" / "turndown").is_dir()
        found["turndown"] = json_filter(["node", "-e", TURNDOWN], node_folder) if has_turndown else None
    for name, convert in found.items():
        if convert is None:
            print(f"skipped: {name} is not installed", file=sys.stderr)
    return {name: convert for name, convert in found.items() if convert is not None}


def measure(convert: Convert, rendering: Mapping[str, Render], every: int) -> dict[str, tuple[int, int]]:
    """Return for each renderer (number of live vectors, number of documents in which one is live)."""
    from tests.kit.harmless import live
    from tests.kit.vectors import POSITIONS, VECTORS

    vectors = [vector for chosen in VECTORS.values() for vector in chosen][::every]
    documents = [(vector, frame(vector)) for frame in POSITIONS.values() for vector in vectors]
    markdown = convert([document for _, document in documents])
    figures: dict[str, tuple[int, int]] = {}
    for name, render in rendering.items():
        problems = [list(live(html)) for html in render(markdown)]
        for (_, document), text, problem in zip(documents, markdown, problems, strict=True):
            if problem and convert is ours:
                print(f"{name}: {problem} in {text!r} from {document!r}", file=sys.stderr)
        bad = [vector for (vector, _), problem in zip(documents, problems, strict=True) if problem]
        figures[name] = (len(set(bad)), len(bad))
    return figures


def main() -> int:
    """Print the table; return 1 if a vector is live after csdn2md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--node", default="", help="folder whose node_modules holds turndown")
    parser.add_argument("--every", type=int, default=1, help="take only each n-th vector")
    given = parser.parse_args()
    rendering = renderers()
    print("| converter | " + " | ".join(rendering) + " |")
    print("| --- |" + " --- |" * len(rendering), flush=True)
    worst = 0
    for name, convert in converters(given.peers, given.node).items():
        figures = measure(convert, rendering, given.every)
        print(f"| {name} | " + " | ".join(f"{v} ({d})" for v, d in figures.values()) + " |", flush=True)
        worst = max(worst, max(d for _, d in figures.values())) if name == "csdn2md" else worst
    return 1 if worst else 0


if __name__ == "__main__":
    raise SystemExit(main())
