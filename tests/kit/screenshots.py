"""Makes the screenshots of the documentation: `python -m tests.kit.screenshots [report] [review]`.

A small archive is converted, and headless Chromium shows the HTML report and the review page in three widths, light and
dark, and in Chinese where the page has it.  The pictures are WebP files in docs/screenshots.
"""

from __future__ import annotations

import base64
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.kit import review_pages
from tests.kit.batch import csdn2md
from tests.kit.paths import FIXTURES, ROOT

FOLDER = ROOT / "docs" / "screenshots"
SIZES = {390: 844, 1280: 800, 2560: 1440}
"""The width of each picture and its height, in pixels."""
SCHEMES = ("light", "dark")
LANGUAGES = {"": "en-US", "-zh": "zh-CN"}
"""The end of a picture's name, and the language that the browser asks for."""
QUALITY = 75
FLAGS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]


def write_archive(folder: Path) -> None:
    """Convert the posts and pages of the repository in a folder, with a report, and export the review page."""
    shutil.copytree(FIXTURES / "dump", folder / "my-archive" / "dump")
    pages = folder / "my-archive" / "pages"
    pages.mkdir()
    for page in sorted((FIXTURES / "pages").glob("csdn-*.html")):
        shutil.copy(page, pages)
    (pages / "empty.html").write_bytes(b"")
    source, _out = review_pages.write(folder)
    shutil.copy(source / "faulty.html", pages / "article.html")
    csdn2md("convert", "my-archive", "-o", "posts", "--verify", "--report", "report.html", cwd=folder)
    csdn2md("review", "posts", "--export", "review", cwd=folder)


def show_report(page: Page, folder: Path) -> None:
    """Show the report of the run."""
    page.goto((folder / "report.html").as_uri())
    page.locator("#rows tr").first.wait_for()


def show_review(page: Page, folder: Path) -> None:
    """Show the list of the review page."""
    page.goto((folder / "review" / "index.html").as_uri())
    page.locator("#rows tr").first.wait_for()


def show_review_post(page: Page, folder: Path) -> None:
    """Show a post of the review page."""
    show_review(page, folder)
    page.locator("#rows tr", has_text="article.md").click()
    page.locator("body[data-post]").wait_for()
    page.frame_locator("#original").locator("h1").first.wait_for(state="attached")


VIEWS: dict[str, dict[str, Callable[[Page, Path], None]]] = {
    "report": {"report": show_report},
    "review": {"review-list": show_review, "review-post": show_review_post},
}
"""The pictures of each page: their name, and what shows them."""


@contextmanager
def opened(width: int, scheme: str, language: str) -> Iterator[Page]:
    """Open a page of headless Chromium, of a width, in a color scheme and a language."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser.new_page(
            viewport={"width": width, "height": SIZES[width]},
            color_scheme="dark" if scheme == "dark" else "light",
            locale=language,
        )
        browser.close()


def take(page: Page, path: Path) -> None:
    """Write what a page shows as a WebP file."""
    client = page.context.new_cdp_session(page)
    picture = client.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
    path.write_bytes(base64.b64decode(picture["data"]))


def main(names: list[str]) -> None:
    """Make the pictures of the named pages, or of all."""
    FOLDER.mkdir(exist_ok=True)
    views = {name: show for page in names or list(VIEWS) for name, show in VIEWS[page].items()}
    with tempfile.TemporaryDirectory() as scratch:
        write_archive(Path(scratch))
        for (name, show), width, scheme, (suffix, language) in product(
            views.items(), SIZES, SCHEMES, LANGUAGES.items()
        ):
            with opened(width, scheme, language) as page:
                show(page, Path(scratch))
                if not suffix or str(page.evaluate("document.documentElement.lang")).startswith("zh"):
                    take(page, FOLDER / f"{name}-{width}-{scheme}{suffix}.webp")


if __name__ == "__main__":
    main(sys.argv[1:])
