"""A document as a sealed string that the page carries, so that nothing has to be kept on the server.

The string is compressed and signed; what comes back is opened only if this installation made it.
"""

from __future__ import annotations

from typing import TypedDict, cast

from django.core.signing import BadSignature, Signer

from zhunsheng.kernel.documents.model import Cell, Document, Kind, Table, UnreadableDocument

SALT = "zhunsheng.portal.document"
BROKEN = "页面带回的文稿已经打不开：页面可能放得太久，服务重启后换了密钥。请回到“读方案”，把文件重新上传一次。"


class _Packed(TypedDict):
    name: str
    text: str
    kind: Kind
    pages: int | None
    tables: list[list[list[list[int]]]]


def seal(document: Document, name: str) -> str:
    """The document and the name under which it was handed in, as one signed string."""
    tables = [
        [[[cell.start, cell.end, cell.column, int(cell.merged)] for cell in row] for row in table.rows]
        for table in document.tables
    ]
    packed: _Packed = {
        "name": name,
        "text": document.text,
        "kind": document.kind,
        "pages": document.pages,
        "tables": tables,
    }
    return Signer(salt=SALT).sign_object(packed, compress=True)


def unseal(sealed: str) -> tuple[Document, str]:
    """The document and its name. Raises ``UnreadableDocument`` if the string is not one of ours."""
    try:
        packed = cast(_Packed, Signer(salt=SALT).unsign_object(sealed))
    except BadSignature as error:
        raise UnreadableDocument("sealed", BROKEN) from error
    tables = tuple(
        Table(tuple(tuple(Cell(a, b, column, bool(merged)) for a, b, column, merged in row) for row in rows))
        for rows in packed["tables"]
    )
    return Document(packed["text"], packed["kind"], tables, packed["pages"]), packed["name"]
