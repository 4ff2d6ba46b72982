"""What becomes of a stated claim, in one sentence."""

from collections.abc import Mapping
from typing import Any

from isthmus.report.locale import Translator


def claim_sentence(claim: Mapping[str, Any], text: Translator) -> str:
    """Answer a claim in one sentence: the reading under which it holds, in all and within the reach of policy."""
    best = claim["best"]
    return text.of(
        "border.claim",
        _outcome(best),
        claim=text.percent_range(100 * claim["low"], 100 * claim["high"], 0),
        all=_reading(best["all"], text),
        all_share=text.percent(100 * best["all"]["within"], 0),
        policy=_reading(best["policy"], text),
        policy_share=text.percent(100 * best["policy"]["within"], 0),
        policy_range=ends(best["policy"], text),
    )


def _outcome(best: Mapping[str, Mapping[str, Any]]) -> str:
    """Return how a claim fares: within policy's reach, only in all, or under no reading."""
    every, policy = best["all"]["verdict"], best["policy"]["verdict"]
    if policy == "holds":
        return "policy"
    if every == "holds":
        return "all_possible" if policy == "possible" else "all_only"
    if every == policy == "possible":
        return "possible"
    return {"all": "possible_all", "policy": "possible_policy"}.get(_possible(best), "nowhere")


def _possible(best: Mapping[str, Mapping[str, Any]]) -> str:
    return next((reach for reach in ("all", "policy") if best[reach]["verdict"] == "possible"), "")


def _reading(row: Mapping[str, Any], text: Translator) -> str:
    definition = text.of("border.definition", row["definition"])
    return text("border.reading", definition=definition, base=text.of("border.base", row["time_base"]))


def ends(row: Mapping[str, Any], text: Translator) -> str:
    """Return low and high of a row as a range in percent."""
    return text.percent_range(100 * row["low"], 100 * row["high"], 0)
