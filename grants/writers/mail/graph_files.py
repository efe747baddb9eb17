"""Files that are too large to go into the one call that drafts a message at Microsoft Graph.

The message is drafted without them, and each is added to it (learn.microsoft.com/graph/outlook-large-attachments):
below 3 MB by one call, above by an upload session, whose address is opened by itself and gets no token.
"""

from __future__ import annotations

import base64
import email
import email.policy
import json
from collections.abc import Iterator
from dataclasses import dataclass

SMALL = 3_000_000
"""Bytes of a file that goes in one call."""
LARGEST = 150_000_000
"""Bytes of a file that an upload session takes."""
_PIECE = 10 * 327_680
"""Bytes of a part of an upload: a multiple of 320 KiB, below 4 MB."""


@dataclass(frozen=True, slots=True)
class LargeFile:
    """A file to be added to a draft."""

    name: str
    kind: str
    data: bytes


def take_out_files(message: bytes) -> tuple[bytes, list[LargeFile]]:
    """The message without its attachments, otherwise byte for byte as it was, and the attachments."""
    read = email.message_from_bytes(message, policy=email.policy.SMTP)
    boundary = read.get_boundary()
    if boundary is None:
        return message, []
    mark = f"\r\n--{boundary}".encode("ascii")
    head, *parts = message.split(mark)
    kept = [part for part in parts if b"\r\nContent-Disposition: attachment" not in part.partition(b"\r\n\r\n")[0]]
    files = [
        LargeFile(part.get_filename() or "", part.get_content_type(), part.get_payload(decode=True) or b"")  # type: ignore[arg-type]
        for part in read.iter_attachments()
    ]
    return mark.join([head, *kept]), files


def write_small_file(file: LargeFile) -> bytes:
    """What the call says that adds a file to a draft."""
    return json.dumps(
        {
            "@odata.type": "#microsoft.graph.fileAttachment",
            "name": file.name,
            "contentType": file.kind,
            "contentBytes": base64.b64encode(file.data).decode("ascii"),
        }
    ).encode()


def write_announcement(file: LargeFile) -> bytes:
    """What the call says that opens an upload session."""
    item = {"attachmentType": "file", "name": file.name, "size": len(file.data), "contentType": file.kind}
    return json.dumps({"AttachmentItem": item}).encode()


def split_file(file: LargeFile) -> Iterator[tuple[str, bytes, bool]]:
    """(Content-Range, bytes, whether they are the last) of each part of an upload, in order."""
    whole = len(file.data)
    for start in range(0, whole, _PIECE):
        end = min(start + _PIECE, whole)
        yield f"bytes {start}-{end - 1}/{whole}", file.data[start:end], end == whole
