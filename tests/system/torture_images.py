"""Downloads thousands of images in a run that is killed twice: each good image must be there once, each post valid.

Run as a program: ``python -m tests.system.torture_images [POSTS [IMAGES]]``.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from converter.standalone.images.asset_files import asset_name
from tests.kit.batch import command, environment
from tests.kit.image_host import ImageHost, image_host, png

FAULTS = ("status/{n}/404", "page/{n}", "empty/{n}", "huge/{n}", "loop/{n}", "status/{n}/403")
EVERY = 100
"""One image in this many cannot be downloaded."""
IMAGE = re.compile(r"!\[\]\(([^)]+)\)")


def address(host: ImageHost, number: int) -> str:
    """Return the URL of an image by its number."""
    if number % EVERY == EVERY // 2:
        return host.url(FAULTS[number // EVERY % len(FAULTS)].format(n=number), "127.0.0.1")
    return host.url(f"good/{number}.png", "127.0.0.1")


def is_good(number: int) -> bool:
    """Return whether an image can be downloaded."""
    return number % EVERY != EVERY // 2


def write_posts(folder: Path, host: ImageHost, posts: int, images: int) -> None:
    """Write posts that show so many images each, and the first image of the next post."""
    folder.mkdir()
    for post in range(posts):
        numbers = [*range(post * images, (post + 1) * images), (post + 1) % posts * images]
        shown = "".join(f'<p>{number}</p><img src="{address(host, number)}">' for number in numbers)
        front = f"---\ntitle: {post}\nartid: {post}\n---\n"
        (folder / f"{post}.md").write_text(f'{front}<div class="blog-content-box">{shown}</div>\n')


def start(source: Path, out: Path) -> subprocess.Popen[bytes]:
    """Start csdn2md in a process of its own."""
    arguments = command("convert", source, "-o", out, "--assets", "download", "--allow-private", "-q")
    return subprocess.Popen(arguments, env=environment(), stdout=subprocess.DEVNULL)


def check(out: Path, host: ImageHost, posts: int, images: int) -> None:
    """Assert that every good image was stored once and that every post shows its images."""
    total = posts * images
    names = {number: asset_name(png(number), ".png") for number in range(total) if is_good(number)}
    there = {
        path.relative_to(out / "assets").as_posix(): path for path in (out / "assets").rglob("*") if path.is_file()
    }
    assert set(there) == set(names.values()), "an image is missing, or there is too much"
    assert all(there[name].read_bytes() == png(number) for number, name in names.items())
    for post in range(posts):
        text = (out / f"{post}.md").read_text()
        numbers = [*range(post * images, (post + 1) * images), (post + 1) % posts * images]
        wanted = [f"assets/{names[number]}" if is_good(number) else address(host, number) for number in numbers]
        assert IMAGE.findall(text) == wanted, f"post {post} shows {IMAGE.findall(text)}"
    asked = Counter(path for path, *_ in host.requests if "/good/" in path)
    assert max(asked.values()) <= 4, "an image was asked for more than once in a run"


def torture(folder: Path, posts: int, images: int) -> int:
    """Convert; kill the run twice and stop it once during downloads, then finish it; return the number of requests."""
    with image_host() as host:
        write_posts(folder / "in", host, posts, images)
        total = posts * images
        for number, code in ((signal.SIGKILL, -9), (signal.SIGTERM, 143), (signal.SIGKILL, -9)):
            process = start(folder / "in", folder / "out")
            with host.holding(total // 5):
                process.send_signal(number)
                assert process.wait() == code
        assert start(folder / "in", folder / "out").wait() == 1, "some images are missing"
        check(folder / "out", host, posts, images)
        count = len(host.requests)
        assert start(folder / "in", folder / "out").wait() == 0
        assert len(host.requests) == count, "a finished archive asks for nothing"
        check(folder / "out", host, posts, images)
        return count


def main() -> None:
    """Run with the numbers from the command line and print the outcome."""
    posts, images = (int(value) for value in (*sys.argv[1:3], *("250", "20")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        count = torture(Path(folder), posts, images)
    print(f"{posts * images:,} images in {posts:,} posts, killed twice: all there, {count:,} requests")


if __name__ == "__main__":
    main()
