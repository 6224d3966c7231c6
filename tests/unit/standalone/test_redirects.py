"""Redirects from old to new addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.model import OptionError
from converter.standalone import redirects
from converter.standalone.database import ArchiveDatabase
from converter.standalone.records import Post, PostRecord

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
    database = ArchiveDatabase.open(out)
    database.record_posts([PostRecord(Post("c.md", "5")), PostRecord(Post("d.md", "5")), PostRecord(Post("e.md"))])
    redirects.write(out / name, redirects.redirects(database, "/:id/"))
    assert (out / name).read_text() == text
    database.close()


def test_redirects_of_unknown_form(tmp_path: Path) -> None:
    with pytest.raises(OptionError):
        redirects.writer_of(tmp_path / "r.txt")
