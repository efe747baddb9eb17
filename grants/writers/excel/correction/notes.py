"""Comments of a sheet: ours added and taken away, those of people kept.

A cell has one comment at most. Where a person has written one, ours stands in front of it, with a line between. A
comment that belongs to a thread (Excel's newer kind) is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from grants.forms.correction import COMMENT_LINE
from grants.writers.excel.correction import drawing
from grants.writers.excel.correction.cells import parse_address
from grants.writers.excel.correction.names import (
    COMMENTS_KIND,
    DRAWING_KIND,
    WORKSHEET_ORDER,
    Node,
    append,
    child,
    children,
    local,
    namespace,
    place,
    relation_id,
)
from grants.writers.excel.correction.package import Package

AUTHOR = "grants"
_THREAD = "tc="
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def write_notes(package: Package, part: str, title: str, notes: Mapping[str, str]) -> None:
    """Comments put on the cells of a sheet: reference -> text."""
    if not notes:
        return
    comments = _find_comments(package, part)
    author = _find_author(comments)
    holder = place(comments, "commentList", ("authors", "commentList", "extLst"))
    existing = {str(node.get("ref")): node for node in holder}
    boxes: dict[str, int] = {}
    for reference, text in notes.items():
        note = existing.get(reference)
        if note is None:
            note = append(holder, "comment", ref=reference, authorId=str(author))
            append(note, "text")
        elif _is_thread(comments, note):
            continue
        _put_in_front(note, title, text)
        boxes[reference] = sum(1 + len(line) // 45 for line in text.split("\n")) + 2
    _draw(package, part, boxes)


def _find_comments(package: Package, part: str) -> Node:
    relation = package.find_related(part, "comments")
    if relation:
        return package.edit(relation.target)
    dialect = namespace(package.read(part))[1:-1]
    root = etree.Element(f"{{{dialect}}}comments", nsmap={None: dialect})
    name = package.choose_name("xl/comments{}.xml")
    append(root, "authors")
    append(root, "commentList")
    package.add(name, root, COMMENTS_KIND)
    package.relate(part, "comments", name)
    return root


def _find_author(comments: Node) -> int:
    authors = place(comments, "authors", ("authors", "commentList", "extLst"))
    names = [node.text for node in authors]
    if AUTHOR not in names:
        append(authors, "author").text = AUTHOR
        names.append(AUTHOR)
    return names.index(AUTHOR)


def _author(comments: Node, note: Node) -> str:
    authors = child(comments, "authors")
    names = [] if authors is None else [node.text or "" for node in authors]
    number = int(note.get("authorId") or 0)
    return names[number] if number < len(names) else ""


def _is_thread(comments: Node, note: Node) -> bool:
    return _author(comments, note).startswith(_THREAD)


def _put_in_front(note: Node, title: str, text: str) -> None:
    """Title in bold, then the text; what a person wrote behind a line."""
    body = place(note, "text", ("text",))
    runs = _list_runs(body)
    for node in list(body):
        body.remove(node)
    _append_run(body, title, bold=True)
    _append_run(body, "\n" + text + (COMMENT_LINE if runs else ""))
    body.extend(runs)


def _list_runs(body: Node) -> list[Node]:
    """The pieces of a comment; a plain text is one of them."""
    runs = children(body, "r")
    plain = child(body, "t")
    if plain is not None and plain.text:
        run = etree.Element(f"{namespace(body)}r")
        run.append(plain)
        runs.insert(0, run)
    return runs


def _append_run(body: Node, text: str, bold: bool = False) -> None:
    run = append(body, "r")
    look = append(run, "rPr")
    if bold:
        append(look, "b")
    append(look, "sz", val="9")
    append(look, "color", indexed="81")
    append(look, "rFont", val="Tahoma")
    words = append(run, "t")
    words.text = text
    words.set(_SPACE, "preserve")


def _draw(package: Package, part: str, boxes: Mapping[str, int]) -> None:
    sheet = package.read(part)
    relation = _find_drawing(package, part)
    content = package.read_bytes(relation).decode("utf-8", "surrogateescape") if relation else drawing.make_drawing()
    for reference, lines in boxes.items():
        if address := parse_address(reference):
            content = drawing.add_box(content, address, lines)
    if relation is None:
        relation = package.choose_name("xl/drawings/vmlDrawing{}.vml")
        package.declare("vml", DRAWING_KIND)
        legacy = place(package.edit(part), "legacyDrawing", WORKSHEET_ORDER)
        package.put(relation, b"")
        legacy.set(relation_id(sheet), package.relate(part, "vmlDrawing", relation))
    package.put(relation, content.encode("utf-8", "surrogateescape"))


def _find_drawing(package: Package, part: str) -> str | None:
    """The drawing that holds the boxes; another one of the same kind may hold pictures of the page's margins."""
    sheet = package.read(part)
    legacy = child(sheet, "legacyDrawing")
    link = None if legacy is None else legacy.get(relation_id(sheet))
    return next((relation.target for relation in package.relations(part) if relation.id == link), None)


def remove_notes(package: Package, part: str, title: str) -> None:
    """Our comments taken away, and ours from the front of other people's."""
    relation = package.find_related(part, "comments")
    holder = child(package.read(relation.target), "commentList") if relation else None
    if relation is None or holder is None:
        return
    ours = [note for note in holder if _text(note).lstrip().startswith(title)]
    if not ours:
        return
    package.edit(relation.target)
    gone = [str(note.get("ref")) for note in ours if not _take_from_front(note)]
    for note in [note for note in ours if note.get("ref") in gone]:
        holder.remove(note)
    _erase(package, part, gone)
    if not len(holder):
        package.unrelate(part, relation.id)
        package.remove(relation.target)


def _text(note: Node) -> str:
    """What a comment says, without the readings that Japanese has beside its words."""
    return "".join(
        node.text or "" for node in note.iter(f"{namespace(note)}t") if local(node.getparent()) in ("r", "text")
    )


def _take_from_front(note: Node) -> bool:
    """Whether something is left of a comment when ours is taken from its front."""
    body = place(note, "text", ("text",))
    whole = _text(note)
    end = whole.find(COMMENT_LINE)
    if end < 0:
        return False
    skip = end + len(COMMENT_LINE)
    for words in list(body.iter(f"{namespace(body)}t")):
        text = words.text or ""
        words.text, skip = text[skip:], max(skip - len(text), 0)
    for run in children(body, "r"):
        words = child(run, "t")
        if words is None or not words.text:
            body.remove(run)
    return bool(_text(note))


def _erase(package: Package, part: str, references: Sequence[str]) -> None:
    name = _find_drawing(package, part)
    if name is None or not references:
        return
    content = package.read_bytes(name).decode("utf-8", "surrogateescape")
    for reference in references:
        if address := parse_address(reference):
            content = drawing.remove_box(content, address)
    package.put(name, content.encode("utf-8", "surrogateescape"))
    if not drawing.has_shapes(content):
        sheet = package.edit(part)
        legacy = child(sheet, "legacyDrawing")
        if legacy is not None:
            package.unrelate(part, str(legacy.get(relation_id(sheet))))
            sheet.remove(legacy)
        package.remove(name)
