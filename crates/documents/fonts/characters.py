"""Prints the characters of the receipt's fonts, one `U+XXXX` a line: `characters.py text`, `characters.py heading` or `characters.py numeral`."""

import sys

# Characters met in Chinese personal names that neither GB 2312 nor Big5's first plane has.
NAMES = "镕喆堃犇囍祎玥翀昉珺珮琲垚烜烨煊燚玚淏溦漪濛濬瀞瑄瑀璟璠璇璐甯皓皞祺禛禹筠筱綦绮翊翎翾芃芮苡茉莳菡萱葳蓁蕙蕤薇蘅赟邈郗鄞铄锜锟锴闳陞隽霁霈霂韫韬颀飏骁骐骞鸢麒龑"
LATIN = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x192, 0x192), (0x1CD, 0x1DC), (0x218, 0x21B), (0x2C6, 0x2C7), (0x2D8, 0x2DD),
    (0x1EA0, 0x1EF9), (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2190, 0x2199), (0x2212, 0x2212),
    (0x2215, 0x221E), (0x2248, 0x2265), (0x25A0, 0x25CF), (0x2605, 0x2606), (0x2713, 0x2717), (0xFFFD, 0xFFFD),
]
WIDE = [(0x3000, 0x303F), (0x3105, 0x3129), (0xFF00, 0xFFEF)]


def points(ranges):
    return {point for first, last in ranges for point in range(first, last + 1)}


def double_byte(codec, leads, trails):
    found = set()
    for lead in leads:
        for trail in trails:
            try:
                found.add(ord(bytes([lead, trail]).decode(codec)))
            except UnicodeDecodeError:
                continue
    return found


def main():
    simplified = double_byte("gb2312", range(0xA1, 0xFF), range(0xA1, 0xFF))
    traditional = double_byte("big5", range(0xA4, 0xC7), list(range(0x40, 0x7F)) + list(range(0xA1, 0xFF)))
    chosen = {
        "text": points(LATIN) | points(WIDE) | simplified | traditional | {ord(letter) for letter in NAMES},
        "heading": points(LATIN) | points(WIDE) | simplified,
        "numeral": points([(0x20, 0x7E), (0xA0, 0xFF), (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2212, 0x2212), (0x25A1, 0x25A1)]),
    }[sys.argv[1]]
    print("\n".join(f"U+{point:04X}" for point in sorted(chosen)))


main()
