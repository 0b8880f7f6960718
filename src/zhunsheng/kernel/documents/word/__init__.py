"""Word documents (.docx): the printed text, automatic numbers included, and the tables."""

from zhunsheng.kernel.documents.word.body import read_docx

__all__ = ["read_docx"]
