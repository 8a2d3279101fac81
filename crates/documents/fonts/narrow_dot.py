"""Makes the middle dot of a font as narrow as Latin text wants it: `narrow_dot.py font.ttf`.

The Chinese typeface draws it one em wide. Moving it while setting the text would do for the eye, but programs that read the
text back go by the glyph's own width and lose the spaces beside it.
"""

import sys

from fontTools.ttLib import TTFont

SIDE = 80

font = TTFont(sys.argv[1], recalcTimestamp=False)
name = font.getBestCmap()[0xB7]
dot = font["glyf"][name]
width = dot.xMax - dot.xMin
dot.coordinates.translate((SIDE - dot.xMin, 0))
dot.recalcBounds(font["glyf"])
font["hmtx"][name] = (width + 2 * SIDE, SIDE)
font.save(sys.argv[1])
