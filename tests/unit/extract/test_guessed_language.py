"""Each sign of a language is in an example, and what is not sure has no language."""

from __future__ import annotations

import pytest

from converter.extract.guessed_language import guessed_language, likely_language
from converter.rules.languages import LANGUAGE_SIGNS, LEAST_WEIGHT, LanguageSign

EXAMPLES = {
    "java": (
        "package a.b;\n\nimport java.util.List;\n",
        "public static void main(String[] args) {\n  new Scanner(System.in);\n}",
        'System.out.println("a long line of text");',
        "@Override\npublic void run() throws Exception {\n}",
    ),
    "kotlin": ("fun main(args: Array<String>) {\n    val name: String = args[0]\n}",),
    "csharp": (
        "using System.Linq;\nnamespace Shop\n{\n  public int Id { get; set; }\n}",
        'Console.WriteLine("a long line of text");',
    ),
    "cpp": (
        "#include <iostream>\nusing namespace std;\nint main() { cout << 1; }",
        "std::vector<int> found; template <typename T>",
        "class A {\npublic:\n  template_free();\n};\ntemplate <class T>\nvoid B::run() {}",
    ),
    "python": (
        "def area(width, height=(1, 2)):\n    return width * height[0]",
        'if __name__ == "__main__":\n    print("a long line")',
        "from os.path import join, exists\nprint(join('a', 'b'))",
        "import numpy as np\nfor row in np.zeros((2, 2)):\n    print(row)",
        "class Shape(object):\n    try_it = 1\n    with open(name) as file:\n        self.x = 1",
    ),
    "go": ('package main\n\nimport "fmt"\n', 'func add(a int, b int) int {\n\tc := a + b\n\tfmt.Println("sum", c)\n}'),
    "php": ("<?php\n$name = $_GET['name'];\n$this->load();",),
    "css": (".box > .item, #main {\n  color: red;\n}",),
    "html": ("<!DOCTYPE html>\n<html><body></body></html>", '<div class="box"><custom-tag></custom-tag></div>'),
    "xml": ('<?xml version="1.0"?>\n<note><to>a</to></note>', "<dependency>\n  <groupId>a.b</groupId>\n</dependency>"),
    "sql": ("-- all of them\nSELECT a, b FROM things WHERE a > 1;", "create table things (id int);"),
    "bash": (
        "#!/bin/bash\necho done for today",
        "# first\n$ sudo apt-get install gcc make",
        "[root@host ~]# yum install gcc",
    ),
    "javascript": (
        "const total = items.length;\nconsole.log(total);",
        "document.getElementById('main').focus();",
        "import { createApp } from 'vue'",
        "var fs = require('fs');\nfunction read(name) { return fs; }",
    ),
    "json": ('{"name": "thing", "version": 1, "on": true}',),
    "objectivec": ("@interface Shape : NSObject\n@end", 'NSString *name = @"a"; NSLog(@"%@", name);'),
    "latex": ("\\begin{equation}\nx = y\n\\end{equation}",),
}
ALL = [(language, example) for language in LEAST_WEIGHT for example in EXAMPLES[language]]


NAMED = {
    "java": "import java.util.List;\npublic class A {\n  public static void main(String[] args) {}\n}",
    "python": "import os\n\ndef area(width):\n    for row in width:\n        print(row)",
    "go": 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println(1)\n}',
    "objectivec": "@interface Shape : NSObject\n@end",
    **{language: EXAMPLES[language][0] for language in ("cpp", "csharp", "kotlin", "latex", "php")},
}
"""Code whose language is named."""


@pytest.mark.parametrize(
    ("language", "example"), ALL, ids=[f"{language}-{number}" for number, (language, _) in enumerate(ALL)]
)
def test_an_example(language: str, example: str) -> None:
    found, weight = likely_language(example)
    assert (found, weight >= 4) == (language, True)
    assert guessed_language(example) in ("", language)


def test_a_language_is_named_from_its_weight_on() -> None:
    assert {language: guessed_language(example) for language, example in NAMED.items()} == {
        language: language for language in LEAST_WEIGHT
    }
    less = "import java.util.List;\npublic class A {}"
    assert likely_language(less) == ("java", LEAST_WEIGHT["java"] - 2)
    assert guessed_language(less) == ""
    for language in EXAMPLES.keys() - LEAST_WEIGHT.keys():
        assert not any(map(guessed_language, EXAMPLES[language])), language


@pytest.mark.parametrize("sign", LANGUAGE_SIGNS, ids=lambda sign: f"{sign.language}-{LANGUAGE_SIGNS.index(sign)}")
def test_each_sign_is_in_an_example(sign: LanguageSign) -> None:
    assert any(sign.pattern.search(example) for example in EXAMPLES[sign.language])


@pytest.mark.parametrize(
    "code",
    [
        "",
        "SELECT a FROM b",
        "Exception in thread main: nothing to be done",
        "total 12\n-rw-r--r-- 1 root root 120 a.txt\n",
        "$ cat app.py\nfrom flask import Flask\napp = Flask(__name__)",
        "metadata:\n  script: |\n    SELECT a FROM b;\n    CREATE TABLE c (d int);",
        "int main(void)\n{\n    return printf_like(1);\n}",
        "import java.util.List;\nconsole.log('both of them');\nconst a = 1",
    ],
)
def test_what_is_not_sure_has_no_language(code: str) -> None:
    assert guessed_language(code) == ""


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("<?php\n$a = 1;\n?><script>console.log(1);</script>", "php"),
        ("using System;\nusing System.Linq;\npublic class A { private static void run() {} }", "csharp"),
        ("<script>\nconsole.log('a line');\n</script>", ""),
    ],
)
def test_a_language_that_holds_another(code: str, language: str) -> None:
    assert guessed_language(code) == language
