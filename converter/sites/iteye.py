"""ITeye (JavaEye), a part of CSDN since 2010."""

from __future__ import annotations

from converter.sites.record import Site

ITEYE = Site(
    name="ITeye",
    furniture_images=(("image/code-button", ("/icon_star.png", "/images/icon_copy.gif", "/images/spinner.gif")),),
)
