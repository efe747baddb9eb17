"""The order in which Word wants elements (ECMA-376, transitional). A wrong order is a damaged file to Word."""

from __future__ import annotations

import itertools

from lxml import etree

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference|footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "styles": "docDefaults latentStyles style",
    "settings": "zoom removePersonalInformation defaultTabStop characterSpacingControl footnotePr endnotePr compat "
    "themeFontLang clrSchemeMapping decimalSymbol listSeparator",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "inline": "extent effectExtent docPr cNvGraphicFramePr graphic",
    "chartSpace": "date1904 lang roundedCorners style clrMapOvr pivotSource protection chart spPr txPr externalData",
    "chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs",
    "plotArea": "layout barChart|lineChart catAx valAx dTable spPr",
    "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
    "lineChart": "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId",
    "ser": "idx order tx spPr marker|invertIfNegative pictureOptions dPt dLbls trendline errBars cat val shape|smooth",
    "catAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark "
    "tickLblPos spPr txPr crossAx crosses auto lblAlgn lblOffset tickLblSkip noMultiLvlLbl",
    "valAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark "
    "tickLblPos spPr txPr crossAx crosses crossBetween majorUnit minorUnit dispUnits",
    "scaling": "logBase orientation max min",
    "legend": "legendPos legendEntry layout overlay spPr txPr",
}
MUST_END_WITH_A_PARAGRAPH = ("tc",)
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_KNOWN = {
    parent: {name: place for place, group in enumerate(names.split()) for name in group.split("|")}
    for parent, names in ORDER.items()
}


def find_disorder(root: etree._Element) -> list[str]:
    """What stands where Word does not want it, or is not known there; and cells that end without a paragraph."""
    faults: list[str] = []
    for node in root.iter(etree.Element):
        parent = etree.QName(node).localname
        names = [etree.QName(child).localname for child in node.iterchildren(etree.Element)]
        if parent in MUST_END_WITH_A_PARAGRAPH and (not names or names[-1] != "p"):
            faults.append(f"{parent}: does not end with a paragraph")
        if parent not in _KNOWN or (parent == "chart" and not names) or etree.QName(node).namespace == _DRAWING:
            continue
        known = _KNOWN[parent]
        faults += [f"{parent}: {name} is unknown" for name in names if name not in known]
        places = [(known[name], name) for name in names if name in known]
        pairs = itertools.pairwise(places)
        faults += [f"{parent}: {after} after {before}" for (low, before), (high, after) in pairs if high < low]
    return faults
