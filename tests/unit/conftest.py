"""Make the helpers of this folder, and the invented findings, importable by its tests."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "report")]
