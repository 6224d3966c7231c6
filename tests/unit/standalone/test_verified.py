"""An archive with local images and links is proved from its manifest, without any other argument."""

from __future__ import annotations

import base64
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from converter.standalone.images.asset_files import asset_name
from tests.kit import review_pages
from tests.kit.batch import csdn2md
from tests.kit.image_host import ImageHost, image_host, png

PERFECT = "3 documents: 3 perfect, 0 differ, 0 could not be compared\n"
CONFIGURATION = """\
out = "out"
flavor = "{flavor}"
assets = "download"
allow-private = true
assets-layout = "{layout}"
link-local = "{links}"
redirects = ["front-matter"]
"""


@pytest.fixture(scope="module")
def host() -> Iterator[ImageHost]:
    with image_host() as server:
        yield server


def link(artid: int, fragment: str = "", *, scheme: str = "https") -> str:
    return f'<a href="{scheme}://blog.csdn.net/u/article/details/{artid}{fragment}">to {artid}</a>'


def post(artid: int, body: str) -> str:
    return f'---\ntitle: "{artid}"\nartid: {artid}\n---\n<div class="blog-content-box">{body}</div>\n'


@pytest.fixture
def folder(tmp_path: Path, host: ImageHost) -> Path:
    """A folder ``_posts`` with images of each kind (remote, in the page, beside the post) and links of each kind."""
    picture = host.url("good/71.png", "127.0.0.1")
    data = base64.b64encode(png(72) + bytes(600)).decode()
    posts = tmp_path / "_posts"
    (posts / "img").mkdir(parents=True)
    (posts / "img/beside.png").write_bytes(png(73))
    (posts / "2020-01-01-a.html").write_text(
        post(
            100001,
            f'<p>一 <a href="{picture}"><img src="{picture}#pic_center"></a> {link(100002)} {link(100002, scheme="http")}'
            f'</p><p><img src="data:image/png;base64,{data}"><img src="img/beside.png">{link(999999)}</p>'
            f'<h2><a name="t1"></a>二</h2><p>{link(100001, "#t1")} <a href="#t1">up</a> <a href="other.txt">x</a></p>',
        )
    )
    (posts / "2020-01-02-b (1).html").write_text(post(100002, f"<p>{link(100001, '#t1')} {link(100003)}</p>"))
    table = f"<table><tr><td>{link(100001)}</td></tr><tr><td>{link(100002)}<ul><li>x</li></ul></td></tr></table>"
    (posts / "2020-01-03-c.html").write_text(post(100003, f'<p><img src="{picture}"></p>{table}'))
    return tmp_path


@pytest.mark.parametrize("renderer", ["markdown-it", "cmark-gfm"])
@pytest.mark.parametrize(("flavor", "links"), [("jekyll", "jekyll"), ("hugo", "hugo"), ("gfm", "relative")])
def test_folder_by_configuration_file(folder: Path, flavor: str, links: str, renderer: str) -> None:
    (folder / ".csdn2md.toml").write_text(CONFIGURATION.format(flavor=flavor, links=links, layout="shared"))
    done = csdn2md("convert", "_posts", cwd=folder)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    text = (folder / "out/2020-01-01-a.md").read_text()
    assert f"](assets/{asset_name(png(71), '.png')})" in text and "data:image" not in text
    assert {"jekyll": "{% post_url 2020-01-03-c %}", "hugo": "{{< relref 2020-01-03-c.md >}}"}.get(
        links, "](2020-01-03-c.md)"
    ) in (folder / "out/2020-01-02-b (1).md").read_text()
    done = csdn2md("verify", "out", "--renderer", renderer, cwd=folder)
    assert (done.returncode, done.stdout) == (0, PERFECT), done.stdout


def test_archive_with_images_beside_posts(folder: Path) -> None:
    with zipfile.ZipFile(folder / "posts.zip", "w") as archive:
        for path in sorted((folder / "_posts").rglob("*.*")):
            archive.write(path, path.relative_to(folder).as_posix())
    shutil.rmtree(folder / "_posts")
    (folder / ".csdn2md.toml").write_text(CONFIGURATION.format(flavor="jekyll", links="relative", layout="post"))
    assert csdn2md("convert", "posts.zip", cwd=folder).returncode == 0
    done = csdn2md("verify", "out", cwd=folder)
    assert (done.returncode, done.stdout) == (0, PERFECT), done.stdout


def test_proved_while_it_is_written(folder: Path) -> None:
    options = ("--assets", "download", "--allow-private", "--link-local", "relative")
    done = csdn2md("convert", "_posts", "-o", "out", *options, "--verify", "--strict", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("3 converted, 3 verified in")


def test_what_is_wrong_is_found(folder: Path) -> None:
    (folder / ".csdn2md.toml").write_text(CONFIGURATION.format(flavor="gfm", links="relative", layout="shared"))
    assert csdn2md("convert", "_posts", cwd=folder).returncode == 0
    (folder / "out/assets" / asset_name(png(71), ".png")).unlink()
    text = (folder / "out/2020-01-02-b (1).md").read_text()
    (folder / "out/2020-01-02-b (1).md").write_text(text.replace("](2020-01-03-c.md)", "](2020-01-01-a.md)"))
    done = csdn2md("verify", "out", cwd=folder)
    assert done.returncode == 1
    assert "3 documents: 0 perfect, 3 differ" in done.stdout
    assert "2020-01-03-c.md:" in done.stdout and "image" in done.stdout


def test_against_the_sources(folder: Path) -> None:
    (folder / ".csdn2md.toml").write_text(CONFIGURATION.format(flavor="jekyll", links="jekyll", layout="shared"))
    assert csdn2md("convert", "_posts", cwd=folder).returncode == 0
    done = csdn2md("verify", "out", "--against", "_posts", cwd=folder)
    assert (done.returncode, done.stdout) == (0, PERFECT), done.stdout


def test_review(folder: Path) -> None:
    (folder / ".csdn2md.toml").write_text(CONFIGURATION.format(flavor="jekyll", links="jekyll", layout="shared"))
    assert csdn2md("convert", "_posts", cwd=folder).returncode == 0
    assert csdn2md("review", "out", "--export", "page", cwd=folder).returncode == 0
    found = [review_pages.unpacked(path) for path in sorted((folder / "page/post").glob("*.js"))]
    assert [(post["error"], post["differences"]) for post in found] == [(None, [])] * 3
