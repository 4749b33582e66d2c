"""One page that a device keeps, and opens when there is no network."""

import json
from collections.abc import Sequence
from importlib import resources

_FILES = resources.files("leeward.core").joinpath("files")
_OPENS_IT = _FILES.joinpath("offline.js").read_text(encoding="utf-8")


def offline_script(kept: str, beside: Sequence[str]) -> str:
    """What a browser runs (a service worker) to open the page kept at the path `kept`, drawn with
    the files at the paths `beside`. It keeps nothing itself."""
    told = f"const KEPT = {json.dumps(kept)};\nconst BESIDE = {json.dumps([*beside])};\n"
    return f'"use strict";\n{told}{_OPENS_IT}'
