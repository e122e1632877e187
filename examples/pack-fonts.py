#!/usr/bin/env python3
"""Makes fonts/NotoSans*.ttf, the letters of names that the Source typefaces lack.

    apt-get download fonts-noto-core     # 20201225: Noto Sans, under the SIL Open Font License 1.1
    dpkg-deb -x fonts-noto-core_*.deb noto
    pip install fonttools==4.68.0
    examples/pack-fonts.py noto/usr/share/fonts/truetype/noto

The argument is the folder with the whole typefaces. Of each script its block stays, with the ligatures and forms that
belong to it; instructions for coarse screens go. The same files give the same bytes.
"""

import subprocess
import sys
from pathlib import Path

FONTS = Path(__file__).parent.parent / "fonts"
BLOCKS = {"Arabic": "U+0600-06FF,U+0750-077F", "Armenian": "U+0530-058F", "Georgian": "U+10A0-10FF", "Hebrew": "U+0590-05FF"}
WEIGHTS = ("Regular", "Bold")

for script, block in BLOCKS.items():
    for weight in WEIGHTS:
        name = f"NotoSans{script}-{weight}.ttf"
        subprocess.run(
            ["pyftsubset", Path(sys.argv[1]) / name, f"--unicodes={block}", f"--output-file={FONTS / name}", "--no-hinting", "--name-IDs=*"],
            check=True,
        )
