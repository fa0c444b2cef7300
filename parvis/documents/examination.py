"""What a file really is, looked at in a process of its own: it may be damaged, hostile or endless.

Run by `parvis.documents.examiner`, without Django: `python -m parvis.documents.examination`. It reads questions on its
standard input, each a line of JSON and the bytes of the file, and answers in the same way.
"""

import io
import json
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

import pikepdf
import pillow_heif
import pypdfium2
from PIL import Image, ImageOps

MEMORY_BYTES = 2 * 1024**3  # of addresses: libraries and the file itself in them
PDF, JPEG, PNG, HEIC = "application/pdf", "image/jpeg", "image/png", "image/heic"
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
ENDINGS = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",)}
LARGEST_STREAM_BYTES = 300 * 1024**2  # once inflated
DEFLATED_AT_MOST = 1032  # times smaller
LARGEST_IMAGE_PIXELS = 60_000_000
LARGEST_SIDE, THUMBNAIL_SIDE = 2560, 320  # in points, of a photo that is shown
PAGES_READ, CHARACTERS_READ = 200, 200_000
CHARACTERS_OF_A_SCANNED_PAGE = 15
DEEPEST = 60
END_OF_PDF = re.compile(rb"%%EOF\s*\Z")
OTHER_LANGUAGE = re.compile(rb"<\s*(?:!doctype\s+html|html|script|svg|\?php)|\AMZ", re.IGNORECASE)
PROGRAMS = {
    "/JavaScript": "un programme (JavaScript)",
    "/Launch": "une commande qui lance un programme",
    "/SubmitForm": "un formulaire qui envoie ses réponses ailleurs",
    "/ImportData": "une commande qui charge un autre fichier",
    "/Rendition": "un son ou une vidéo",
    "/Movie": "un son ou une vidéo",
    "/Sound": "un son ou une vidéo",
    "/RichMedia": "un contenu animé",
    "/3D": "un contenu animé",
}


class Refused(Exception):
    """In French, why the file is not taken."""


def checked(content: bytes, *, name: str) -> tuple[str, bytes]:
    """The nature of the file and its bytes, cleaned where they must be. Raises `Refused`."""
    media_type = nature_of(content)
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending not in ENDINGS[media_type]:
        expected = ENDINGS[media_type][0]
        raise Refused(
            f"L’extension «\u00a0{ending[:10]}\u00a0» ne dit pas ce qu’est ce fichier (attendu\u00a0: {expected})."
        )
    return media_type, clean_pdf(content) if media_type == PDF else drawn_again(content, media_type)


def nature_of(content: bytes) -> str:
    """By its first bytes, whatever its name says."""
    if not content:
        raise Refused("Ce fichier est vide.")
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    raise Refused("Ce fichier n’est ni un PDF, ni une image JPEG ou PNG.")


def photo(content: bytes) -> tuple[str, bytes, bytes]:
    """The nature of a photo or a PDF, its bytes cleaned, and its small copy (nothing for a PDF). Raises `Refused`."""
    media_type = HEIC if is_heic(content) else nature_of_photo(content)
    if media_type == PDF:
        return media_type, clean_pdf(content), b""
    return drawn_for_show(content, media_type)


def is_heic(content: bytes) -> bool:
    """What telephones write: a box « ftyp » that names the coding (ISO/IEC 23008-12)."""
    return content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS


def nature_of_photo(content: bytes) -> str:
    try:
        return nature_of(content)
    except Refused as refusal:
        if not content:
            raise
        raise Refused("Ce fichier n’est ni une photo (JPEG, PNG, HEIC), ni un PDF.") from refusal


def drawn_for_show(content: bytes, media_type: str) -> tuple[str, bytes, bytes]:
    """A photo as pages show it: upright, alone, no larger than a screen; and in small."""
    Image.MAX_IMAGE_PIXELS = LARGEST_IMAGE_PIXELS
    shown = PNG if media_type == PNG else JPEG
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "HEIF"]) as picture:
            if picture.width * picture.height > LARGEST_IMAGE_PIXELS:
                raise Refused("Cette image a trop de points.")
            picture.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.info.clear()
            upright.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
            drawn = written(upright, shown)
            upright.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
            return shown, drawn, written(upright, JPEG)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError, MemoryError) as error:
        raise Refused("Cette image est abîmée\u00a0: elle ne s’ouvre pas.") from error


def written(picture: Image.Image, media_type: str) -> bytes:
    """Its points and nothing else."""
    target = io.BytesIO()
    if media_type == JPEG:
        opaque(picture).save(target, "JPEG", quality=85)
    else:
        picture.save(target, "PNG")
    return target.getvalue()


def opaque(picture: Image.Image) -> Image.Image:
    """What shows through is white."""
    if picture.mode not in ("RGBA", "LA", "PA", "P"):
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    page = Image.new("RGB", clear.size, "white")
    page.paste(clear, mask=clear)
    return page


def clean_pdf(content: bytes) -> bytes:
    """The same bytes, or a new writing of them without their attachments, or mended."""
    refuse_two_natures(content)
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if not len(pdf.pages):
                raise Refused("Ce PDF n’a aucune page.")
            refuse_programs(pdf)
            is_mended = bool(pdf.get_warnings())
            if detach_files(pdf) or is_mended:
                written = io.BytesIO()
                pdf.save(written, deterministic_id=True, encryption=False)
                return written.getvalue()
    except pikepdf.PasswordError as error:
        raise Refused("Ce PDF est protégé par un mot de passe\u00a0: enregistrez-le sans.") from error
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError, MemoryError) as error:
        raise Refused("Ce PDF est abîmé\u00a0: il ne s’ouvre pas.") from error
    return content


def refuse_two_natures(content: bytes) -> None:
    """A PDF that is also a page, an archive or a program for who reads it otherwise."""
    ends_well = END_OF_PDF.search(content[-2048:]) or b"%%EOF" not in content[-2048:]
    if OTHER_LANGUAGE.search(content[:1024]) or not ends_well or zipfile.is_zipfile(io.BytesIO(content)):
        raise Refused("Ce PDF cache un autre fichier\u00a0: imprimez-le de nouveau en PDF.")


def refuse_programs(pdf: pikepdf.Pdf) -> None:
    """No script, no launch; going to a page of the document (GoTo) or to a site (URI) is fine."""
    for found in pdf.objects:
        if isinstance(found, pikepdf.Stream):
            refuse_bomb(found)
        for dictionary in dictionaries_in(found):
            for key in ("/S", "/Subtype"):
                what = PROGRAMS.get(str(dictionary.get(key, "")))
                if what:
                    raise Refused(f"Ce PDF contient {what}\u00a0: imprimez-le de nouveau en PDF.")
            if "/JS" in dictionary or "/XFA" in dictionary:
                raise Refused(f"Ce PDF contient {PROGRAMS['/JavaScript']}\u00a0: imprimez-le de nouveau en PDF.")


def dictionaries_in(found: Any, depth: int = 0) -> Iterator[Any]:  # Any: pikepdf's objects
    """The dictionaries of one object of the file, those inside it too, without following references."""
    if depth > DEEPEST:
        raise Refused("Ce PDF est abîmé\u00a0: il ne s’ouvre pas.")
    if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        yield found
        inside = [found.get(key) for key in found.keys()]  # noqa: SIM118 -- a stream iterates over its bytes
    elif isinstance(found, pikepdf.Array):
        inside = list(found)
    else:
        return
    for value in inside:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from dictionaries_in(value, depth + 1)


def refuse_bomb(stream: Any) -> None:
    """A few bytes that would fill the memory of who opens them."""
    filters = stream.get("/Filter")
    names = [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    raw = stream.read_raw_bytes()
    inflates = [name in ("/FlateDecode", "/Fl") for name in names]
    if sum(inflates) > 1 or (any(inflates) and inflated_beyond(raw, LARGEST_STREAM_BYTES)):
        raise Refused("Ce PDF est trop lourd une fois ouvert.")


def inflated_beyond(raw: bytes, limit: int) -> bool:
    """Whether the bytes inflate to more than that."""
    if len(raw) * DEFLATED_AT_MOST <= limit:
        return False
    inflater, total, waiting = zlib.decompressobj(), 0, raw
    while waiting and not inflater.eof:
        try:
            total += len(inflater.decompress(waiting, 1024 * 1024))
        except zlib.error:
            return False
        waiting = inflater.unconsumed_tail
        if total > limit:
            return True
    return False


def detach_files(pdf: pikepdf.Pdf) -> bool:
    """Take the files out that the PDF carries; whether there were any. Nobody would see them, nor check them."""
    carried = False
    names = pdf.Root.get("/Names")
    for holder, key in ((names, "/EmbeddedFiles"), (pdf.Root, "/AF"), (pdf.Root, "/Collection")):
        if holder is not None and key in holder:
            del holder[key]
            carried = True
    for found in pdf.objects:
        for dictionary in dictionaries_in(found):
            if "/EF" in dictionary:
                del dictionary["/EF"]
                carried = True
    return carried


def drawn_again(content: bytes, media_type: str) -> bytes:
    """The picture alone, upright: where and by whom it was taken is not in it any more."""
    Image.MAX_IMAGE_PIXELS = LARGEST_IMAGE_PIXELS
    drawn = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
            if picture.width * picture.height > LARGEST_IMAGE_PIXELS:
                raise Refused("Cette image a trop de points.")
            upright = ImageOps.exif_transpose(picture)
            upright.info.clear()
            if media_type == JPEG:
                upright.convert("RGB").save(drawn, "JPEG", quality=90)
            else:
                upright.save(drawn, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, MemoryError) as error:
        raise Refused("Cette image est abîmée\u00a0: elle ne s’ouvre pas.") from error
    return drawn.getvalue()


def text_of(content: bytes) -> tuple[str, int]:
    """The text of a PDF, bounded, and how many pages it came from."""
    with pypdfium2.PdfDocument(content) as pdf:
        pages, texts, left = min(len(pdf), PAGES_READ), [], CHARACTERS_READ
        for number in range(pages):
            if left <= 0:
                break
            texts.append(pdf[number].get_textpage().get_text_bounded()[:left])
            left -= len(texts[-1])
    return "\n".join(texts), max(1, len(texts))


def answer_to(question: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """What is answered of one file: a few facts, and bytes."""
    if question["task"] == "check":
        try:
            media_type, cleaned = checked(content, name=question["name"])
        except Refused as refusal:
            return {"refusal": str(refusal)}, b""
        return {"media_type": media_type}, b"" if cleaned == content else cleaned
    if question["task"] == "photo":
        try:
            media_type, cleaned, small = photo(content)
        except Refused as refusal:
            return {"refusal": str(refusal)}, b""
        return {"media_type": media_type, "thumbnail_size": len(small)}, cleaned + small
    text, pages = text_of(content)
    is_scanned = len(text.split()) * 2 + len(text) < CHARACTERS_OF_A_SCANNED_PAGE * pages
    return {"is_scanned": is_scanned}, text.encode("utf-8", errors="replace")


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until nobody asks any more."""
    while line := questions.readline():
        question = json.loads(line)
        facts, content = answer_to(question, questions.read(question["size"]))
        answers.write(json.dumps({**facts, "size": len(content)}).encode() + b"\n" + content)
        answers.flush()


pillow_heif.register_heif_opener()

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    serve(sys.stdin.buffer, sys.stdout.buffer)
