"""Redirects from old to new addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter import frontmatter
from converter.model import OptionError
from converter.standalone import redirects
from converter.standalone.convert import with_old_address
from converter.standalone.records import Post, PostRecord
from tests.kit.standalone import open_database

OLD = "https://blog.csdn.net/someone/article/details/1234567"
BARE = "https://blog.csdn.net/article/details/5"
REDIRECTS = {
    "r.json": f'{{\n  "{OLD}": "/1234567/",\n  "{BARE}": "/5/"\n}}\n',
    "r.csv": f"old,new,id,file\n{OLD},/1234567/,1234567,b/2020-01-02-other post.md\n{BARE},/5/,5,c.md\n",
    "_redirects": "/someone/article/details/1234567 /1234567/ 301\n/article/details/1234567 /1234567/ 301\n"
    "/article/details/5 /5/ 301\n",
    "r.map": "# In a server: if ($csdn2md_target) { return 301 $csdn2md_target; }\nmap $uri $csdn2md_target {\n"
    '    default "";\n    "/someone/article/details/1234567" "/1234567/";\n'
    '    "/article/details/1234567" "/1234567/";\n    "/article/details/5" "/5/";\n}\n',
}


@pytest.mark.parametrize(("name", "text"), REDIRECTS.items(), ids=REDIRECTS)
def test_redirects(out: Path, name: str, text: str) -> None:
    database = open_database(out)
    others = PostRecord(Post("e.md")), PostRecord(Post("f.md", "cnblogs-5"))
    database.record_posts([PostRecord(Post("c.md", "5")), PostRecord(Post("d.md", "5")), *others])
    redirects.write(out / name, redirects.redirects(database, "/:id/"))
    assert (out / name).read_text() == text
    database.close()


HOSTILE = '1" "/x";\n} /* https://evil.example/:splat 301\n$host {{ x }}'
QUOTED = (
    "/article/details/1%22%20%22%2Fx%22%3B%0A%7D%20%2F%2A%20https%3A%2F%2Fevil.example%2F%3Asplat%20301%0A%24host%20"
    "%7B%7B%20x%20%7D%7D"
)


@pytest.mark.parametrize("name", REDIRECTS)
def test_an_article_id_is_no_syntax(out: Path, name: str) -> None:
    database = open_database(out)
    database.record_posts([PostRecord(Post("c.md", HOSTILE, title=HOSTILE))])
    redirects.write(out / name, redirects.redirects(database, "/:id/"))
    database.close()
    text = (out / name).read_text()
    assert QUOTED in text
    if not name.endswith(".csv"):
        assert "https://evil" not in text


@pytest.mark.parametrize("identity", ["..", "../../../etc", "a\nb: c", "{{ site }}", "\x00", "*", "\ud800"])
@pytest.mark.parametrize("key", ["redirect_from", "aliases"])
def test_an_old_address_in_front_matter_stays_one_value(identity: str, key: str) -> None:
    front, _ = frontmatter.split("---\ntitle: x\n---\n")
    assert front is not None
    values = with_old_address(front, key, Post("c.md", identity)).values()
    assert values is not None
    assert set(values) == {"title", key}
    assert str(values[key]).startswith("/article/details/")
    assert "/.." not in str(values[key])


def test_redirects_of_unknown_form(tmp_path: Path) -> None:
    with pytest.raises(OptionError):
        redirects.writer_of(tmp_path / "r.txt")
