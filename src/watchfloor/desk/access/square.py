"""A QR code (ISO/IEC 18004) as SVG, for what an authenticator takes from a screen."""

from __future__ import annotations

from markupsafe import Markup
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

#: Light modules around it, which readers need.
QUIET = 4


def qr_code(text: str, says: str) -> Markup:
    """The text as a QR code; `says` is what a screen reader reads out.

    Dark on light whatever the page looks like, since not every reader knows light on dark.
    """
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    size = code.getModuleCount()
    dark = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y in range(size)
        for x in range(size)
        if code.isDark(y, x)
    )
    wide = size + 2 * QUIET
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="qr" viewBox="0 0 {0} {0}" role="img"'
        ' aria-label="{1}" shape-rendering="crispEdges"><rect width="{0}" height="{0}"'
        ' fill="#fff"/><path d="{2}" fill="#000"/></svg>'
    ).format(wide, says, dark)
