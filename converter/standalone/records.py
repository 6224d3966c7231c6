"""The records of a post and of what it refers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["image", "link"]


class Reference(NamedTuple):
    """An image or an article that a post refers to.

    key: the URL of the original image, or the id of the article.
    shown: what the post was written with: the file name of the image or the output of the other post; "" where
    the address was left as it is.
    served: the URL of an image in the post, with the watermark of the host.
    """

    kind: Kind
    key: str
    shown: str = ""
    served: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the archive: its output, its article's id and metadata; "" for what is not known."""

    output: str
    id: str = ""
    user: str = ""
    title: str = ""
    date: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostRecord:
    """A post and what it refers to, as its conversion found them."""

    post: Post
    references: tuple[Reference, ...] = ()
