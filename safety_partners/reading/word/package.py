"""A Word file as what it is, a zip of XML parts, opened so that nothing in it can hurt."""

import zipfile
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any

from safety_partners.reading.limits import Watch
from safety_partners.reading.refusals import DocumentRefused, Reason

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
TRANSITIONAL = W[1:-1].encode()
DOCUMENT = "wordprocessingml.document.main+xml"
TEMPLATE = "wordprocessingml.template.main+xml"
MOST_PARTS = 4000


class Package:
    """The parts of a Word file. Raises DocumentRefused where it is not one, or not one to open."""

    def __init__(self, data: bytes, watch: Watch) -> None:
        self.watch = watch
        try:
            self.zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError) as broken:
            raise DocumentRefused(Reason.DAMAGED) from broken
        self.sizes = {part.filename: part.file_size for part in self.zip.infolist()}
        self.unpacked = 0
        if len(self.sizes) > MOST_PARTS:
            raise DocumentRefused(Reason.DAMAGED)
        if any(part.flag_bits & 1 for part in self.zip.infolist()):
            raise DocumentRefused(Reason.LOCKED)
        self.main = self._main_part()

    def _main_part(self) -> str:
        types = self.tree("[Content_Types].xml") if "[Content_Types].xml" in self.sizes else None
        if types is None:
            raise DocumentRefused(Reason.DISGUISED)
        kinds = {str(item.get("PartName", "")).lstrip("/"): str(item.get("ContentType", "")) for item in types if item.get("PartName")}
        if any("macroEnabled" in kind for kind in kinds.values()) or any(name.lower().endswith("vbaproject.bin") for name in self.sizes):
            raise DocumentRefused(Reason.MACROS)
        for name, kind in kinds.items():
            if kind.endswith((DOCUMENT, TEMPLATE)) and name in self.sizes:
                return name
        if any("opendocument" in kind or "spreadsheetml" in kind or "presentationml" in kind for kind in kinds.values()):
            raise DocumentRefused(Reason.NOT_A_DOCUMENT)
        raise DocumentRefused(Reason.DISGUISED)

    def tree(self, name: str) -> Any:
        """The root element of a part. Entities are never resolved, nothing is fetched, no type declaration is taken."""
        from lxml import etree  # type: ignore[import-untyped, unused-ignore]

        data = self.bytes(name).replace(STRICT, TRANSITIONAL)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.LxmlError, ValueError) as broken:
            raise DocumentRefused(Reason.DAMAGED) from broken
        if root.getroottree().docinfo.doctype:
            raise DocumentRefused(Reason.DAMAGED)
        return root

    def bytes(self, name: str) -> bytes:
        """A part unpacked, never more than the limits allow in all."""
        self.watch.look()
        self.unpacked += self.sizes[name]
        if self.unpacked > self.watch.limits.unpacked:
            raise DocumentRefused(Reason.TOO_LARGE, megabytes=self.watch.limits.size // (1024 * 1024))
        try:
            return self.zip.read(name)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError, KeyError) as broken:
            raise DocumentRefused(Reason.DAMAGED) from broken
        except Exception as broken:  # zlib.error, lzma.LZMAError and others have no common parent
            raise DocumentRefused(Reason.DAMAGED) from broken

    def related(self, kind: str) -> Any | None:
        """The root of the part that the document names as its `kind` ("styles", "numbering", …), or None."""
        folder, _, file = self.main.rpartition("/")
        relations = join(folder, "_rels", f"{file}.rels")
        if relations not in self.sizes:
            return None
        for item in self.tree(relations):
            if str(item.get("Type", "")).endswith(f"/{kind}") and item.get("TargetMode") != "External":
                target = str(item.get("Target", ""))
                name = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(self.main), target))
                if name in self.sizes:
                    return self.tree(name)
        return None

    def told_title(self) -> str:
        """The title in the file's properties."""
        if "docProps/core.xml" not in self.sizes:
            return ""
        for item in self.tree("docProps/core.xml"):
            if isinstance(item.tag, str) and item.tag.endswith("}title"):
                return str(item.text or "")
        return ""
