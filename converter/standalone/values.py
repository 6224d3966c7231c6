"""What the parts hand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["image", "link"]


class Use(NamedTuple):
    """One thing that a post refers to.

    key: the address of an image (of the original), or the id of an article.
    shown: what stood for it when the post was written: the asset's name or the other post's output; ""
    where it was left as it is.
    served: the address that the post had for an image, with the host's stamp in it.
    """

    kind: Kind
    key: str
    shown: str = ""
    served: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the archive: where it is, and what it was.  Empty where that is not known."""

    output: str
    id: str = ""
    user: str = ""
    title: str = ""
    date: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Learned:
    """What the conversion of a post has taught of it."""

    post: Post
    uses: tuple[Use, ...] = ()
