"""`leeward model check FILE_OR_FOLDER`: say everything that is wrong with a model, at once."""

import argparse
import sys
from collections.abc import Sequence

from leeward.practice_model.loader import ModelFaults, ModelUnreadable, load_model


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="leeward model", description="Look at a practice model.")
    words = "Check a practice model and report every fault, by file and key."
    check = parser.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "check",
        help="report every fault of a practice model",
        description=words,
        epilog="Exit status: 0 sound, 1 faults found, 2 cannot be read.",
    )
    check.add_argument("path", metavar="FILE_OR_FOLDER", help="a .toml file or a folder of them")
    return parser


def main(argv: Sequence[str]) -> int:
    """Run `check FILE_OR_FOLDER` (`argv` is the words after `leeward model`).

    Returns 0 and prints one line when it is sound; 1 and prints every fault, by file and key, when
    it is not; 2 with a line on standard error when it cannot be read.
    """
    try:
        path = _parser().parse_args(argv).path
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        model = load_model(path)
    except ModelUnreadable as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except ModelFaults as error:
        sys.stdout.write("".join(f"{fault}\n" for fault in error.faults))
        return 1
    sys.stdout.write(
        f"{path}: sound. Model {model.version}: {len(model.stages)} stages, "
        f"{len(model.threads)} threads, {len(model.indicators)} signs.\n"
    )
    return 0
