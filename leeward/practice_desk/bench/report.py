"""The bench's table: times beside their floors, weights, and growth from a tenth to the whole."""

from typing import Any

HEAD = (
    ("", 20),
    ("p50 ms", 9),
    ("p95 ms", 9),
    ("x empty", 9),
    ("SQL p50", 9),
    ("x SQL", 8),
    ("x clear", 9),
    ("queries", 9),
    ("KB", 8),
    ("gzip KB", 9),
    ("growth", 8),
)


def with_ratios(small: list[dict[str, Any]], whole: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The whole population's rows, each with its ratios: to the empty page, to its bare SQL, to
    itself without sealing, and to the same page among a tenth of the people."""
    empty = whole[0]["page"]["p50"]
    before = {row["name"]: row["page"]["p50"] for row in small}
    found = []
    for row in whole:
        middle = row["page"]["p50"]
        on_desk = row["queries"] > 0
        found.append(
            row
            | {
                "to_empty": round(middle / empty, 2) if on_desk else None,
                "to_sql": round(middle / row["sql"]["p50"], 2) if row["sql"] else None,
                "to_clear": round(middle / row["clear"]["p50"], 2) if row["clear"] else None,
                "growth": round(middle / before[row["name"]], 2),
            }
        )
    return found


def table(report: dict[str, Any]) -> str:
    """The report in plain words and columns."""
    people, tenth = f"{report['people']:,}", f"{report['tenth']:,}"
    lines = [
        f"{people} people beside {tenth}, seed {report['seed']}, {report['rounds']} rounds.",
        report["machine"],
        "",
        "".join(f"{head:<{width}}" if not head else f"{head:>{width}}" for head, width in HEAD),
    ]
    lines += [_line(row) for row in report["rows"]]
    lines += [
        "",
        "x empty: times the empty page behind the same middleware. x SQL: times the bare SELECTs",
        "of the same rows. x clear: times the same requests less the time they spent in sealing.",
        "growth: p50 at the whole over p50 at a tenth. KB: the page itself; its",
        f"style and script weigh {report['linked'] / 1000:.1f} KB gzipped, kept by the browser.",
    ]
    return "\n".join(lines + (_log(report["log"]) if "log" in report else []))


def _log(log: dict[str, Any]) -> list[str]:
    """What the audit takes, beside a bare INSERT of the same columns."""
    return [
        "",
        f"The log, rows a second by {log['writers']} writers at once, each row a transaction:",
        f"bare INSERT {log['bare']:,}; recorded {log['recorded']:,} ({log['to_bare']}x the time);",
        f"while a sealer never rests {log['while_sealed']:,} ({log['tree_costs']}x that).",
        f"One sealer {log['sealed']:,}; proving {log['proved']:,}.",
    ]


def _line(row: dict[str, Any]) -> str:
    values = (
        row["page"]["p50"],
        row["page"]["p95"],
        row["to_empty"],
        row["sql"]["p50"] if row["sql"] else None,
        row["to_sql"],
        row["to_clear"],
        row["queries"] or None,
        row["bytes"] / 1000 if row["bytes"] else None,
        row["gzipped"] / 1000 if row["bytes"] else None,
        row["growth"],
    )
    name = f"{row['name']:<{HEAD[0][1]}}"
    widths = (width for _head, width in HEAD[1:])
    return name + "".join(
        f"{_said(value):>{width}}" for value, width in zip(values, widths, strict=True)
    )


def _said(value: float | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.2f}"
