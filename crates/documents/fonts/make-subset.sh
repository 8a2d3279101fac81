#!/bin/sh
# Makes the three font files of this folder anew. Needed only when the characters or the fonts change:
# a build of the program uses the files as they are and needs none of these tools.
#
#   pip install fonttools
#   npm pack @expo-google-fonts/noto-sans-sc@0.4.3 && tar xzf expo-google-fonts-noto-sans-sc-0.4.3.tgz
#   ./make-subset.sh package
#
# text     400: GB 2312, the first plane of Big5 (the traditional characters in daily use), some characters of names,
#               Latin with all its accents for French, Pinyin and Vietnamese, punctuation, currency signs, arrows and boxes
# heading  600: the same without the traditional characters; what it lacks is set in `text`
# numeral  300: Latin letters, digits and currency signs, for the one large amount
#
# The middle dot is made as narrow as Latin text wants it (narrow_dot.py). Hints go, as PDF readers do not use them; the
# outline of .notdef stays. gzip -n leaves name and time out, so that the same input gives the same bytes.
set -eu
source=${1:?folder of the unpacked npm package}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

subset() {
    python3 "$here/characters.py" "$1" >"$work/$1.txt"
    pyftsubset "$source/$2" --unicodes-file="$work/$1.txt" --layout-features=kern,mark,mkmk,ccmp,pwid \
        --no-hinting --drop-tables+=BASE,STAT,gasp,vhea,vmtx --notdef-outline --name-IDs=0,1,2,3,4,5,6,13,14 --output-file="$work/$1.ttf"
    python3 "$here/narrow_dot.py" "$work/$1.ttf"
    gzip -9 -n -c "$work/$1.ttf" >"$here/$1.ttf.gz"
}

subset text 400Regular/NotoSansSC_400Regular.ttf
subset heading 600SemiBold/NotoSansSC_600SemiBold.ttf
subset numeral 300Light/NotoSansSC_300Light.ttf
cp "$source/LICENSE_FONT" "$here/OFL.txt"
ls -l "$here"/*.gz
