"""Signs of programming languages in code whose language nobody has declared (``--guess-language``)."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class LanguageSign(NamedTuple):
    """A sign of a language: one of SURE is enough, of the others it takes more."""

    language: str
    weight: int
    pattern: re.Pattern[str]


SURE = 4
"""Sum of weights from which on a language is named."""
MOST_DOUBT = 1
"""Sum of weights that another language may have."""
LEAST_CODE = 24
"""Characters below which nothing is guessed."""
MOST_CODE = 20_000
"""Characters at the start of a block that are looked at."""


def _sign(language: str, weight: int, pattern: str, flags: int = 0) -> LanguageSign:
    return LanguageSign(language, weight, re.compile(pattern, re.MULTILINE | re.ASCII | flags))


LANGUAGE_SIGNS = (
    _sign("java", 4, r"^[ \t]{0,20}import (?:static )?(?:java|javax|org|com|io)\.[\w.]{1,200}(?:\.\*)?;"),
    _sign("java", 4, r"\bpublic static void main\s?\(\s?String\b"),
    _sign("java", 4, r"\bSystem\.(?:out|err)\.print(?:ln|f)?\("),
    _sign("java", 3, r"^[ \t]{0,20}@(?:Override|Autowired|RestController|Service|Bean|Configuration|SpringBootApplication|Test|RequestMapping)\b"),
    _sign("java", 2, r"\b(?:public|private|protected) (?:static |final |abstract |synchronized ){0,3}(?:class|interface|enum|void|int|long|boolean|String|List<|Map<)"),
    _sign("java", 1, r"\b(?:extends|implements|throws) [A-Z]\w{0,60}"),
    _sign("java", 1, r"\bnew (?:ArrayList|HashMap|Thread|StringBuilder|Scanner)\b"),
    _sign("kotlin", 4, r"^[ \t]{0,20}(?:(?:override|private|suspend|internal|open|inline) ){0,3}fun (?:<[^<>\n]{1,40}> ?)?[\w.]{1,80}\("),
    _sign("kotlin", 2, r"\bval \w{1,60}(?:\s?:\s?[A-Z]\w{0,40}\??)?\s?(?:=|by )|\bvar \w{1,60}\s?:\s?[A-Z]"),
    _sign("csharp", 4, r"^[ \t]{0,20}using System(?:\.[\w.]{1,80})?;"),
    _sign("csharp", 4, r"\bConsole\.Write(?:Line)?\("),
    _sign("csharp", 3, r"^[ \t]{0,20}namespace [A-Z][\w.]{0,80}\s{0,3}$"),
    _sign("csharp", 2, r"\{\s?get;\s?(?:private )?set;\s?\}"),
    _sign("cpp", 4, r"^[ \t]{0,20}#\s?include\s?<(?:iostream|vector|string|map|set|queue|algorithm|bits/stdc\+\+\.h|memory|thread|cstdio|cstring|cmath|sstream|fstream|stack|unordered_map|list|functional|iomanip)>"),
    _sign("cpp", 4, r"\busing namespace std\s?;"),
    _sign("cpp", 4, r"\bstd::(?:cout|cin|endl|string|vector|map|unique_ptr|shared_ptr|move|mutex|thread)\b"),
    _sign("cpp", 3, r"^[ \t]{0,20}template\s?<\s?(?:class|typename)\b"),
    _sign("cpp", 3, r"\b(?:cout\s?<<|cin\s?>>)"),
    _sign("cpp", 2, r"^[ \t]{0,20}(?:public|private|protected)\s?:\s{0,3}$"),
    _sign("cpp", 1, r"\w::~?\w{1,60}\("),
    _sign("python", 4, r"^[ \t]{0,40}(?:async )?def \w{1,80}\([^()\n]{0,200}(?:\([^()\n]{0,60}\)[^()\n]{0,60}){0,3}\)(?:\s?->\s?[\w\[\], .|]{1,60})?:\s{0,4}(?:#|$)"),
    _sign("python", 4, r"^if __name__ ?== ?['\"]__main__['\"] ?:"),
    _sign("python", 4, r"^[ \t]{0,20}from [\w.]{1,80} import (?:\(|\*|\w)(?![^\n]{0,200}['\";])"),
    _sign("python", 3, r"^import (?:numpy|pandas|os|sys|re|time|random|json|torch|requests|tensorflow|cv2|math|datetime|matplotlib(?:\.pyplot)?|threading|socket|logging|collections|urllib(?:\.\w{1,20})?)(?:\s?,\s?\w{1,20}){0,6}(?: as \w{1,20})?\s{0,3}$"),
    _sign("python", 2, r"^[ \t]{0,40}(?:for \w[\w, ()]{0,60} in [^\n;{}]{1,120}|elif [^\n;{}]{1,120}|except(?: \w[\w. ,()]{0,60})?(?: as \w{1,20})?|with [^\n;{}]{1,120} as \w{1,20}|while [^\n;{}]{1,80}):\s{0,3}$"),
    _sign("python", 2, r"^class \w{1,60}(?:\([\w., =]{0,80}\))?:\s{0,3}$"),
    _sign("python", 1, r"\bself\.\w|\bprint\("),
    _sign("go", 4, r"^package (?:main|\w{1,30})\s{0,3}$(?![^\n]{0,3};)"),
    _sign("go", 4, r"^func (?:\(\w{1,30} \*?\w{1,40}\) )?\w{1,60}\([^()\n]{0,200}\)[^;\n]{0,100}\{\s{0,3}$"),
    _sign("go", 2, r"\bfmt\.(?:Print|Sprint|Fprint|Errorf|Scan)"),
    _sign("go", 2, r"^\s{0,20}\w{1,40}(?:, \w{1,40}){0,3} := "),
    _sign("php", 5, r"\A\s{0,20}<\?php\b"),
    _sign("php", 2, r"^\s{0,20}\$\w{1,40}\s?=[^\n]{1,200};\s{0,3}$"),
    _sign("php", 2, r"\$this->\w"),
    _sign("css", 4, r"^[ \t]{0,20}(?:[.#]?[\w-]{1,50}(?:[ \t]?[,>:+ ][ \t]?[.#:]?[\w-]{1,50}){0,6}|\*)\s?\{\s{0,12}(?:color|margin|padding|width|height|display|background|font|border|position|text-align|float|overflow|touch-action|top|left|line-height)[\w-]{0,20}\s?:\s?[^{};\n]{1,120};"),
    _sign("html", 4, r"\A\s{0,20}<!DOCTYPE html", re.IGNORECASE),
    _sign("html", 4, r"\A\s{0,20}(?:<!--[^<>]{0,200}-->\s{0,20})?<(?:div|span|ul|li|table|td|form|button|input|body|head|html|script|style|template|img|h1|p|a)(?:\s[^<>]{0,300})?>"),
    _sign("html", 2, r"\A\s{0,20}<[a-zA-Z!]"),
    _sign("xml", 5, r"\A\s{0,20}<\?xml\b"),
    _sign("xml", 4, r"\A\s{0,20}(?:<!--[^<>]{0,200}-->\s{0,20}){0,2}<(?:dependencies|dependency|groupId|artifactId|bean|beans|property|plugin|configuration|LinearLayout|TextView|RelativeLayout|mapper|resultMap|web-app|servlet|project)\b[^<>]{0,400}>"),
    _sign("sql", 4, r"\A(?:\s{0,20}(?:--|#)[^\n]{0,200}\n){0,4}[\s(]{0,20}(?:SELECT\s[^;{}]{1,600}\sFROM\s|INSERT\s{1,4}INTO\s|UPDATE\s{1,4}[\w.`\"\[\]]{1,80}\s{1,4}SET\s|DELETE\s{1,4}FROM\s|CREATE\s{1,4}(?:OR\s{1,4}REPLACE\s{1,4})?(?:TABLE|DATABASE|INDEX|VIEW|PROCEDURE|TRIGGER|USER)\s|ALTER\s{1,4}(?:TABLE|USER|DATABASE)\s|DROP\s{1,4}(?:TABLE|DATABASE)\s|GRANT\s[^;{}]{1,200}\sON\s)", re.IGNORECASE),
    _sign("bash", 5, r"\A\s{0,20}#!\s?/(?:usr/)?(?:local/)?bin/(?:env )?(?:ba)?sh\b"),
    _sign("bash", 2, r"\A\s{0,20}(?:\[[\w@~ .:/-]{1,60}\]|[\w-]{1,30}@[\w.-]{1,40}:[\w~/.-]{0,60})?[$#] [a-z]{2,12} [\w./-]"),
    _sign("bash", 4, r"\A(?:\s{0,20}#[^\n]{0,200}\n){0,4}\s{0,20}(?:(?:\[[\w@~ .:/-]{1,60}\]|[\w-]{1,30}@[\w.-]{1,40}:[\w~/.-]{0,60})?[$#] ?)?(?:sudo )?(?:apt(?:-get)? (?:install|update|remove)|yum (?:-y )?install|pip3? install|npm (?:install|run|init|i)\b|yarn add|docker (?:run|pull|ps|exec|build|images|stop|rm)\b|git (?:clone|add|commit|push|pull|checkout|branch|config|init|remote|merge|reset)\b|systemctl \w|chmod \S|chown \S|mkdir -p|tar -?[xzcjvf]{2,6} |wget (?:-\w{1,3} )?https?:|curl (?:-\w{1,6} ){0,4}['\"]?https?:|brew install|conda (?:install|create|activate)|kubectl \w)"),
    _sign("javascript", 4, r"\bconsole\.(?:log|error|warn)\("),
    _sign("javascript", 4, r"\bdocument\.(?:getElementById|querySelector|createElement|addEventListener|write|cookie)\b"),
    _sign("javascript", 4, r"^\s{0,20}import [\w{}*, ]{1,120} from ['\"]"),
    _sign("javascript", 3, r"\b(?:module\.exports\s?=|exports\.\w{1,40}\s?=|require\(['\"])"),
    _sign("javascript", 2, r"^\s{0,20}(?:let|const|var) [\w{}\[\], ]{1,80} ?= "),
    _sign("javascript", 2, r"\bfunction ?\*?\w{0,40}\([\w, ]{0,100}\) ?\{|=> ?\{"),
    _sign("json", 6, r"\A\s{0,20}\{\s{0,20}\"[\w.@/$-]{1,60}\"\s?:\s?[\[{\"\dtfn-]"),
    _sign("objectivec", 5, r"^[ \t]{0,8}(?:@interface|@implementation|@property\s?\(|#import\s?[<\"]|@end\b)"),
    _sign("objectivec", 4, r"\[\[\w{1,40} alloc\] init|\bNSLog\(@\"|\bNSString \*"),
    _sign("latex", 5, r"\\(?:documentclass|usepackage|begin\{(?:document|equation|align|figure|tabular|itemize|cases|aligned|split)\})"),
)  # fmt: skip
"""The signs of each language."""
HOLDERS: Mapping[frozenset[str], str] = MappingProxyType({
    frozenset(("html", "xml")): "xml", frozenset(("html", "javascript")): "html", frozenset(("html", "css")): "html",
    frozenset(("html", "css", "javascript")): "html", frozenset(("php", "sql")): "php",
    frozenset(("php", "javascript")): "php", frozenset(("java", "csharp")): "csharp",
})  # fmt: skip
"""Languages that are found together, and the one of them that holds, or looks like, the others."""
