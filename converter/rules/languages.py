"""Signs of programming languages in code whose language nobody has declared (``--guess-language``).

A language is named from its LEAST_WEIGHT on.  The others are known so that code with their signs gets no wrong name.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class LanguageSign(NamedTuple):
    """A sign of a language, and how much it says."""

    language: str
    weight: int
    pattern: re.Pattern[str]


LEAST_WEIGHT: Mapping[str, int] = MappingProxyType(
    {"cpp": 4, "csharp": 4, "kotlin": 4, "latex": 4, "php": 4, "go": 5, "objectivec": 5, "java": 8, "python": 9}
)
"""The sum of weights from which on a language is named: the least with which the guesses are what authors declare, in
97 of 100 blocks (docs/limits.md).  Declarations of the languages that are missing here agree less, whatever the sum."""
MOST_DOUBT = 1
"""Sum of weights that another language may have."""
LEAST_CODE = 24
"""Characters below which nothing is guessed."""
MOST_CODE = 20_000
"""Characters at the start of a block that are looked at."""


_LINES = re.MULTILINE | re.ASCII

LANGUAGE_SIGNS = (
    LanguageSign("java", 4, re.compile(r"^[ \t]{0,20}import (?:static )?(?:java|javax|org|com|io)\.[\w.]{1,200}(?:\.\*)?;", _LINES)),
    LanguageSign("java", 4, re.compile(r"\bpublic static void main\s?\(\s?String\b", _LINES)),
    LanguageSign("java", 4, re.compile(r"\bSystem\.(?:out|err)\.print(?:ln|f)?\(", _LINES)),
    LanguageSign("java", 3, re.compile(r"^[ \t]{0,20}@(?:Override|Autowired|RestController|Service|Bean|Configuration|SpringBootApplication|Test|RequestMapping)\b", _LINES)),
    LanguageSign("java", 2, re.compile(r"\b(?:public|private|protected) (?:static |final |abstract |synchronized ){0,3}(?:class|interface|enum|void|int|long|boolean|String|List<|Map<)", _LINES)),
    LanguageSign("java", 1, re.compile(r"\b(?:extends|implements|throws) [A-Z]\w{0,60}", _LINES)),
    LanguageSign("java", 1, re.compile(r"\bnew (?:ArrayList|HashMap|Thread|StringBuilder|Scanner)\b", _LINES)),
    LanguageSign("kotlin", 4, re.compile(r"^[ \t]{0,20}(?:(?:override|private|suspend|internal|open|inline) ){0,3}fun (?:<[^<>\n]{1,40}> ?)?[\w.]{1,80}\(", _LINES)),
    LanguageSign("kotlin", 2, re.compile(r"\bval \w{1,60}(?:\s?:\s?[A-Z]\w{0,40}\??)?\s?(?:=|by )|\bvar \w{1,60}\s?:\s?[A-Z]", _LINES)),
    LanguageSign("csharp", 4, re.compile(r"^[ \t]{0,20}using System(?:\.[\w.]{1,80})?;", _LINES)),
    LanguageSign("csharp", 4, re.compile(r"\bConsole\.Write(?:Line)?\(", _LINES)),
    LanguageSign("csharp", 3, re.compile(r"^[ \t]{0,20}namespace [A-Z][\w.]{0,80}\s{0,3}$", _LINES)),
    LanguageSign("csharp", 2, re.compile(r"\{\s?get;\s?(?:private )?set;\s?\}", _LINES)),
    LanguageSign("cpp", 4, re.compile(r"^[ \t]{0,20}#\s?include\s?<(?:iostream|vector|string|map|set|queue|algorithm|bits/stdc\+\+\.h|memory|thread|cstdio|cstring|cmath|sstream|fstream|stack|unordered_map|list|functional|iomanip)>", _LINES)),
    LanguageSign("cpp", 4, re.compile(r"\busing namespace std\s?;", _LINES)),
    LanguageSign("cpp", 4, re.compile(r"\bstd::(?:cout|cin|endl|string|vector|map|unique_ptr|shared_ptr|move|mutex|thread)\b", _LINES)),
    LanguageSign("cpp", 3, re.compile(r"^[ \t]{0,20}template\s?<\s?(?:class|typename)\b", _LINES)),
    LanguageSign("cpp", 3, re.compile(r"\b(?:cout\s?<<|cin\s?>>)", _LINES)),
    LanguageSign("cpp", 2, re.compile(r"^[ \t]{0,20}(?:public|private|protected)\s?:\s{0,3}$", _LINES)),
    LanguageSign("cpp", 1, re.compile(r"\w::~?\w{1,60}\(", _LINES)),
    LanguageSign("python", 4, re.compile(r"^[ \t]{0,40}(?:async )?def \w{1,80}\([^()\n]{0,200}(?:\([^()\n]{0,60}\)[^()\n]{0,60}){0,3}\)(?:\s?->\s?[\w\[\], .|]{1,60})?:\s{0,4}(?:#|$)", _LINES)),
    LanguageSign("python", 4, re.compile(r"^if __name__ ?== ?['\"]__main__['\"] ?:", _LINES)),
    LanguageSign("python", 4, re.compile(r"^[ \t]{0,20}from [\w.]{1,80} import (?:\(|\*|\w)(?![^\n]{0,200}['\";])", _LINES)),
    LanguageSign("python", 3, re.compile(r"^import (?:numpy|pandas|os|sys|re|time|random|json|torch|requests|tensorflow|cv2|math|datetime|matplotlib(?:\.pyplot)?|threading|socket|logging|collections|urllib(?:\.\w{1,20})?)(?:\s?,\s?\w{1,20}){0,6}(?: as \w{1,20})?\s{0,3}$", _LINES)),
    LanguageSign("python", 2, re.compile(r"^[ \t]{0,40}(?:for \w[\w, ()]{0,60} in [^\n;{}]{1,120}|elif [^\n;{}]{1,120}|except(?: \w[\w. ,()]{0,60})?(?: as \w{1,20})?|with [^\n;{}]{1,120} as \w{1,20}|while [^\n;{}]{1,80}):\s{0,3}$", _LINES)),
    LanguageSign("python", 2, re.compile(r"^class \w{1,60}(?:\([\w., =]{0,80}\))?:\s{0,3}$", _LINES)),
    LanguageSign("python", 1, re.compile(r"\bself\.\w|\bprint\(", _LINES)),
    LanguageSign("go", 4, re.compile(r"^package (?:main|\w{1,30})\s{0,3}$(?![^\n]{0,3};)", _LINES)),
    LanguageSign("go", 4, re.compile(r"^func (?:\(\w{1,30} \*?\w{1,40}\) )?\w{1,60}\([^()\n]{0,200}\)[^;\n]{0,100}\{\s{0,3}$", _LINES)),
    LanguageSign("go", 2, re.compile(r"\bfmt\.(?:Print|Sprint|Fprint|Errorf|Scan)", _LINES)),
    LanguageSign("go", 2, re.compile(r"^\s{0,20}\w{1,40}(?:, \w{1,40}){0,3} := ", _LINES)),
    LanguageSign("php", 5, re.compile(r"\A\s{0,20}<\?php\b", _LINES)),
    LanguageSign("php", 2, re.compile(r"^\s{0,20}\$\w{1,40}\s?=[^\n]{1,200};\s{0,3}$", _LINES)),
    LanguageSign("php", 2, re.compile(r"\$this->\w", _LINES)),
    LanguageSign("css", 4, re.compile(r"^[ \t]{0,20}(?:[.#]?[\w-]{1,50}(?:[ \t]?[,>:+ ][ \t]?[.#:]?[\w-]{1,50}){0,6}|\*)\s?\{\s{0,12}(?:color|margin|padding|width|height|display|background|font|border|position|text-align|float|overflow|touch-action|top|left|line-height)[\w-]{0,20}\s?:\s?[^{};\n]{1,120};", _LINES)),
    LanguageSign("html", 4, re.compile(r"\A\s{0,20}<!DOCTYPE html", _LINES | re.IGNORECASE)),
    LanguageSign("html", 4, re.compile(r"\A\s{0,20}(?:<!--[^<>]{0,200}-->\s{0,20})?<(?:div|span|ul|li|table|td|form|button|input|body|head|html|script|style|template|img|h1|p|a)(?:\s[^<>]{0,300})?>", _LINES)),
    LanguageSign("html", 2, re.compile(r"\A\s{0,20}<[a-zA-Z!]", _LINES)),
    LanguageSign("xml", 5, re.compile(r"\A\s{0,20}<\?xml\b", _LINES)),
    LanguageSign("xml", 4, re.compile(r"\A\s{0,20}(?:<!--[^<>]{0,200}-->\s{0,20}){0,2}<(?:dependencies|dependency|groupId|artifactId|bean|beans|property|plugin|configuration|LinearLayout|TextView|RelativeLayout|mapper|resultMap|web-app|servlet|project)\b[^<>]{0,400}>", _LINES)),
    LanguageSign("sql", 4, re.compile(r"\A(?:\s{0,20}(?:--|#)[^\n]{0,200}\n){0,4}[\s(]{0,20}(?:SELECT\s[^;{}]{1,600}\sFROM\s|INSERT\s{1,4}INTO\s|UPDATE\s{1,4}[\w.`\"\[\]]{1,80}\s{1,4}SET\s|DELETE\s{1,4}FROM\s|CREATE\s{1,4}(?:OR\s{1,4}REPLACE\s{1,4})?(?:TABLE|DATABASE|INDEX|VIEW|PROCEDURE|TRIGGER|USER)\s|ALTER\s{1,4}(?:TABLE|USER|DATABASE)\s|DROP\s{1,4}(?:TABLE|DATABASE)\s|GRANT\s[^;{}]{1,200}\sON\s)", _LINES | re.IGNORECASE)),
    LanguageSign("bash", 5, re.compile(r"\A\s{0,20}#!\s?/(?:usr/)?(?:local/)?bin/(?:env )?(?:ba)?sh\b", _LINES)),
    LanguageSign("bash", 2, re.compile(r"\A\s{0,20}(?:\[[\w@~ .:/-]{1,60}\]|[\w-]{1,30}@[\w.-]{1,40}:[\w~/.-]{0,60})?[$#] [a-z]{2,12} [\w./-]", _LINES)),
    LanguageSign("bash", 4, re.compile(r"\A(?:\s{0,20}#[^\n]{0,200}\n){0,4}\s{0,20}(?:(?:\[[\w@~ .:/-]{1,60}\]|[\w-]{1,30}@[\w.-]{1,40}:[\w~/.-]{0,60})?[$#] ?)?(?:sudo )?(?:apt(?:-get)? (?:install|update|remove)|yum (?:-y )?install|pip3? install|npm (?:install|run|init|i)\b|yarn add|docker (?:run|pull|ps|exec|build|images|stop|rm)\b|git (?:clone|add|commit|push|pull|checkout|branch|config|init|remote|merge|reset)\b|systemctl \w|chmod \S|chown \S|mkdir -p|tar -?[xzcjvf]{2,6} |wget (?:-\w{1,3} )?https?:|curl (?:-\w{1,6} ){0,4}['\"]?https?:|brew install|conda (?:install|create|activate)|kubectl \w)", _LINES)),
    LanguageSign("javascript", 4, re.compile(r"\bconsole\.(?:log|error|warn)\(", _LINES)),
    LanguageSign("javascript", 4, re.compile(r"\bdocument\.(?:getElementById|querySelector|createElement|addEventListener|write|cookie)\b", _LINES)),
    LanguageSign("javascript", 4, re.compile(r"^\s{0,20}import [\w{}*, ]{1,120} from ['\"]", _LINES)),
    LanguageSign("javascript", 3, re.compile(r"\b(?:module\.exports\s?=|exports\.\w{1,40}\s?=|require\(['\"])", _LINES)),
    LanguageSign("javascript", 2, re.compile(r"^\s{0,20}(?:let|const|var) [\w{}\[\], ]{1,80} ?= ", _LINES)),
    LanguageSign("javascript", 2, re.compile(r"\bfunction ?\*?\w{0,40}\([\w, ]{0,100}\) ?\{|=> ?\{", _LINES)),
    LanguageSign("json", 6, re.compile(r"\A\s{0,20}\{\s{0,20}\"[\w.@/$-]{1,60}\"\s?:\s?[\[{\"\dtfn-]", _LINES)),
    LanguageSign("objectivec", 5, re.compile(r"^[ \t]{0,8}(?:@interface|@implementation|@property\s?\(|#import\s?[<\"]|@end\b)", _LINES)),
    LanguageSign("objectivec", 4, re.compile(r"\[\[\w{1,40} alloc\] init|\bNSLog\(@\"|\bNSString \*", _LINES)),
    LanguageSign("latex", 5, re.compile(r"\\(?:documentclass|usepackage|begin\{(?:document|equation|align|figure|tabular|itemize|cases|aligned|split)\})", _LINES)),
)  # fmt: skip
"""The signs of each language."""
HOLDERS: Mapping[frozenset[str], str] = MappingProxyType({
    frozenset(("php", "sql")): "php", frozenset(("php", "javascript")): "php", frozenset(("java", "csharp")): "csharp",
})  # fmt: skip
"""Languages that are found together, and the one of them that holds, or looks like, the others."""
