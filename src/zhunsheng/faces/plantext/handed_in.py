"""What a visitor hands in (a file, pasted text, or a sealed document of an earlier page) becomes a document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath

from django.http import HttpRequest

from zhunsheng.kernel.documents import MAX_BYTES, Document, UnreadableDocument, read_document

from .sealed import unseal

LARGEST_BODY = MAX_BYTES + 16 * 1024 * 1024  # a file, and the other fields of the form
LONGEST_TEXT = 500_000
PASTED = "粘贴的文字"

NOTHING = "还没有收到方案：文件没有选，框里也没有字。请选一个文件，或者把方案的文字粘贴到框里，再点“读方案”。"
BOTH = "同时收到了文件和粘贴的文字，不知道该读哪一份。请只留一样：要读文字，就不选文件；要读文件，先清空文字框。"
LONG = "“{name}”里有 {count:,} 个字，页面一次最多读 50 万字。请只留方案正文，或分开来读。"


@dataclass(frozen=True, slots=True)
class Submission:
    """A document and the name under which it came; ``data`` is the file as it came, if it was handed in as one."""

    document: Document
    name: str
    data: bytes = b""


def received(request: HttpRequest) -> Submission:
    """The document that a form brought. Raises ``UnreadableDocument`` with a message for the visitor."""
    sealed = request.POST.get("document", "")
    if sealed:
        return Submission(*unseal(sealed))
    upload, text = request.FILES.get("file"), request.POST.get("text", "")
    if upload is not None and text.strip():
        raise UnreadableDocument("both", BOTH)
    if upload is not None:
        data = upload.read()
        return replace(submission(data, PurePath(upload.name or "").name or "未命名的文件"), data=data)
    if not text.strip():
        raise UnreadableDocument("nothing", NOTHING)
    return submission(text.encode("utf-8", "replace"), PASTED)


def submission(data: bytes, name: str) -> Submission:
    """Bytes as a document that a page can show. Raises ``UnreadableDocument`` for what gives no or too much text."""
    document = read_document(data, name=name)
    if len(document.text) > LONGEST_TEXT:
        raise UnreadableDocument("long", LONG.format(name=name, count=len(document.text)))
    return Submission(document, name)
