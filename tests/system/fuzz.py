"""Coverage-guided fuzzing of ``convert``: ``python -m tests.system.fuzz CORPUS -max_total_time=60``.

libFuzzer writes each input that breaks a law to a file; add it as a row to ``tests/data/fuzz.json``.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["converter"]):
    from tests.kit.fuzz_laws import broken_laws

_PIECES = """<p> </p> <div> </div> <b> </b> <i> </i> <a href="/x"> </a> <img src="/x" alt=" "> <br> <ul> <ol> <li> <table>
<tr> <td> </table> <pre> <code> </code> </pre> <blockquote> </blockquote> <h2> </h2> <sup> <kbd> <span style="font-weight:bold">
</span> <span class="katex"> <dl> <dt> <dd> <details> <summary> <script> </script> &lt; &gt; &amp; &#x0; * ** _ ` ``` ~~ [ ] ( )
$ | \\ { } {{ {% # > - + 1. : www. http://a.b ! ^ " ' = javascript: 。 字 \u200b \U0001f600 \n""".split()


def one(data: bytes) -> None:
    """Try one input: as bytes, or, where its first byte is odd, as a sequence of pieces of HTML and Markdown."""
    if data[:1] and data[0] & 1:
        source: bytes | str = "".join(_PIECES[byte % len(_PIECES)] if byte < 192 else chr(byte) for byte in data[1:])
    else:
        source = data[1:]
    broken = broken_laws(source)
    if broken:
        raise AssertionError(f"{source!r}: {broken}")


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
