"""Files into text: what a person sent in, whatever its format, as one text with the tables inside it."""

from zhunsheng.kernel.documents.model import Cell, Document, Kind, Table, UnreadableDocument
from zhunsheng.kernel.documents.read import MAX_BYTES, read_document

__all__ = ["MAX_BYTES", "Cell", "Document", "Kind", "Table", "UnreadableDocument", "read_document"]
