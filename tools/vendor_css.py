"""Leave out of a compiled stylesheet the rules that no page of ours can use.

govuk-frontend compiles a component whole, with variants we never use: tags and buttons in red,
green and yellow, small controls, captions. They are weight, and their hues do not exist here.
"""

import re

UNUSED = re.compile(
    r"\.govuk-tag--(?:grey|green|teal|turquoise|blue|purple|pink|magenta|red|orange|yellow)"
    r"|\.govuk-button--(?:warning|inverse|start)|\.govuk-button__start-icon"
    r"|\.govuk-(?:radios|checkboxes)--small|\.govuk-(?:radios|checkboxes)__divider"
    r"|\.govuk-summary-card|\.govuk-summary-list--no-border|\.govuk-notification-banner--success"
    r"|\.govuk-notification-banner__link|\.govuk-table__caption|\.govuk-table--small"
    r"|\.govuk-back-link--inverse|\.govuk-pagination--block|\.govuk-input__(?:prefix|suffix|wrapper)"
    r"|\.govuk-(?:label|fieldset__legend|input)--(?:xl|extra-letter-spacing|width-[35])"
)
# Shades that govuk-frontend takes from its own palette, with no setting to change them: the hover
# and the lower edge of its green button, the hover of its red error links.
RECOLOURED = {"#083d29": "#063f4f", "#0b5c3e": "#063f4f", "#651b1b": "#0b2a35"}
DEAD_QUERY = re.compile(r"^@media screen\\0|^@supports \(-ms-")


def _close(css: str, start: int) -> int:
    """Index of the brace that closes the block whose opening brace is at `start`."""
    depth = 0
    for index in range(start, len(css)):
        depth += {"{": 1, "}": -1}.get(css[index], 0)
        if depth == 0:
            return index
    raise ValueError("a block in the compiled stylesheet is never closed")


def _split(selectors: str) -> list[str]:
    """Split a selector list at its own commas, not at those inside brackets."""
    parts, depth = [""], 0
    for letter in selectors:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _rule(prelude: str, body: str) -> str:
    if DEAD_QUERY.match(prelude):
        return ""
    if prelude.startswith(("@media", "@supports", "@layer")):
        inner = prune(body)
        return f"{prelude}{{{inner}}}" if inner else ""
    if prelude.startswith("@"):
        return f"{prelude}{{{body}}}"
    kept = [part for part in _split(prelude) if not UNUSED.search(part)]
    return f"{','.join(kept)}{{{body}}}" if kept else ""


def recolour(css: str) -> str:
    """`css` with the few shades of its own that govuk-frontend insists on turned into our inks."""
    for theirs, ours in RECOLOURED.items():
        css = css.replace(theirs, ours)
    return css


def prune(css: str) -> str:
    """The compressed stylesheet `css` without the rules for unused variants."""
    out, here = "", 0
    while here < len(css):
        brace, semicolon = css.find("{", here), css.find(";", here)
        if brace < 0:
            return out + css[here:]
        if 0 <= semicolon < brace:
            out += css[here : semicolon + 1]
            here = semicolon + 1
            continue
        end = _close(css, brace)
        out += _rule(css[here:brace], css[brace + 1 : end])
        here = end + 1
    return out
