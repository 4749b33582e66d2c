"""A square picture that a telephone's camera reads."""

from typing import NamedTuple

from qrcode.main import QRCode

# Empty squares that a camera needs around the picture.
AROUND = 4


class Picture(NamedTuple):
    """`side` squares each way, the dark ones as the `d` of an SVG path."""

    side: int
    dark: str


def qr_picture(text: str) -> Picture:
    """`text` as a picture."""
    code = QRCode(border=AROUND)
    code.add_data(text)
    rows = code.get_matrix()
    dark = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, full in enumerate(row) if full
    )
    return Picture(len(rows), dark)
