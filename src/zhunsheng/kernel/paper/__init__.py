"""公文: official documents as docx in the layout of GB/T 9704-2012 (``model.Paper``, ``docx.document``)."""

from zhunsheng.kernel.paper.docx import document
from zhunsheng.kernel.paper.model import MEDIA, Paper, Part

__all__ = ["MEDIA", "Paper", "Part", "document"]
