"""PDF files made for tests: each of them invented, some of them hostile."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

WORDS = b"BT /F1 12 Tf 20 100 Td (Invented letter) Tj ET"
# What must never come out again.
SECRET = "Quillwright-Invented"


def pdf(content: bytes = WORDS, **options) -> bytes:
    """A one-page PDF that draws `content`."""
    return _saved(_started(content), **options)


def _started(content: bytes = WORDS) -> Pdf:
    made = Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page = Dictionary(
        Type=Name.Page,
        MediaBox=[0, 0, 200, 200],
        Contents=made.make_stream(content),
        Resources=Dictionary(Font=Dictionary(F1=font)),
    )
    made.pages.append(pikepdf.Page(page))
    return made


def _saved(made: Pdf, **options) -> bytes:
    out = io.BytesIO()
    made.save(out, **options)
    return out.getvalue()


def _picture(made: Pdf):
    held = made.make_stream(SECRET.encode() * 4)
    held.Type, held.Subtype = Name.XObject, Name.Image
    held.Width, held.Height, held.BitsPerComponent = 20, 4, 8
    held.ColorSpace = Name.DeviceGray
    return held


def with_picture(words: bytes = WORDS) -> bytes:
    """Words (or none) and a picture whose bytes are SECRET."""
    made = _started(words + b" q 10 0 0 10 0 0 cm /Im1 Do Q")
    made.pages[0].obj.Resources.XObject = Dictionary(Im1=_picture(made))
    return _saved(made)


def with_inline_picture() -> bytes:
    """Words and a picture drawn in the middle of them."""
    inline = b" BI /W 20 /H 1 /BPC 8 /CS /G ID " + SECRET.encode().ljust(20) + b" EI"
    return pdf(WORDS + inline)


def with_everything() -> bytes:
    """Scripts, actions, an attached file, a form, a film, and who wrote it."""
    made = _started()
    acts = Dictionary(S=Name.JavaScript, JS=pikepdf.String(f"app.alert('{SECRET}')"))
    launches = Dictionary(S=Name.Launch, F=pikepdf.String(SECRET))
    made.Root.OpenAction = acts
    made.Root.AA = Dictionary(WC=launches)
    made.Root.AcroForm = Dictionary(XFA=made.make_stream(SECRET.encode()), Fields=[])
    made.attachments["a.txt"] = SECRET.encode()
    page = made.pages[0].obj
    page.AA = Dictionary(O=acts)
    page.Thumb = _picture(made)
    page.Annots = Array(
        [
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=launches),
            Dictionary(Type=Name.Annot, Subtype=Name.Screen, Rect=[0, 0, 9, 9], A=acts),
            Dictionary(
                Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], T=pikepdf.String(SECRET)
            ),
        ]
    )
    with made.open_metadata() as told:
        told["dc:creator"] = [SECRET]
    made.docinfo["/Author"] = SECRET
    return _saved(made)


def with_acts_deep_inside() -> bytes:
    """Scripts in dictionaries that are no objects of their own: in a note and in an outline."""
    made = _started()
    acts = Dictionary(S=Name.JavaScript, JS=pikepdf.String(f"app.alert('{SECRET}')"))
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], AA=Dictionary(PO=acts)
    )
    made.pages[0].obj.Annots = Array([note])
    part = Dictionary(Title=pikepdf.String("Invented"), A=acts)
    made.Root.Outlines = Dictionary(Type=Name.Outlines, First=part, Last=part, Count=1)
    return _saved(made)


def with_picture_for_a_letter() -> bytes:
    """Words, and a letter of a typeface of its own that is a picture whose bytes are SECRET."""
    inline = b"20 0 0 0 20 4 d1 BI /W 20 /H 1 /BPC 8 /CS /G ID " + SECRET.encode().ljust(20)
    made = _started(WORDS + b" BT /F2 12 Tf (a) Tj ET")
    made.pages[0].obj.Resources.Font.F2 = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=[0, 0, 20, 4],
        FontMatrix=[1, 0, 0, 1, 0, 0],
        FirstChar=97,
        LastChar=97,
        Widths=[20],
        Encoding=Dictionary(Type=Name.Encoding, Differences=[97, Name.a]),
        CharProcs=Dictionary(a=made.make_stream(inline + b" EI")),
    )
    return _saved(made)


def locked() -> bytes:
    """A PDF that asks for a password."""
    return pdf(encryption=pikepdf.Encryption(owner="invented", user="invented"))


def bomb() -> bytes:
    """A few kilobytes that become two hundred megabytes."""
    return pdf(b" " * (200 * 1024 * 1024), compress_streams=True)
