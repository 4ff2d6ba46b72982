"""Every verdict's rule in one line of English, for the tables; the report has its own sentences."""

import numpy as np

from isthmus.tracking.measure import MeasuredTarget
from isthmus.tracking.pace import Pace


def rule_in_words(m: MeasuredTarget | None, pace: Pace) -> str:
    """State in one line how a verdict came about; `m` is None where nothing could be measured."""
    if m is None:
        return _REFUSALS[pace.code]
    kind = "compound" if pace.compound else "linear"
    span = f"{pace.start}-{pace.latest}"
    ratio = f", ratio {pace.ratio:.2f}" if np.isfinite(pace.ratio) else ""
    text = _RULES[pace.code].format(kind=kind, span=span, due=m.due, origin=pace.origin, latest=pace.latest) + ratio
    if m.plan_base is not None:
        text += f"; the plan's base {m.plan_base:g} was replaced by the outturn {m.base_value:g}"
    if m.redefined is not None:
        text += f"; only values since the redefinition of {m.redefined} count"
    return text


_RULES = {
    "met_now": "the value of {latest} meets the target; it must still hold in {due}",
    "met_at_deadline": "the value of {latest} meets the target at its deadline",
    "from_base": "{kind} pace observed {span} against the pace required {origin}-{due}",
    "recent": "{kind} pace observed {span} against the pace required {origin}-{due}",
    "missed": "the deadline {due} has passed unmet; {kind} pace observed {span} against the pace required {origin}-{due}",
    "one_point": "one observation ({latest}) allows no pace",
    "only_later": "nothing was observed up to {due}",
    "event_pending": "the event had not begun in {latest}, the deadline is {due}",
    "event_missed": "the event had not happened by {due}",
    "sum_reached": "the sum observed since {origin} has reached the target",
    "sum": "mean yearly flow {span} against the flow the sum needs each year {origin}-{due}",
    "sum_gaps": "mean of the observed yearly flows {span} (years are missing) against the flow needed each year {origin}-{due}",
    "sum_recent": "mean yearly flow before the plan {span} against the flow the sum needs each year {origin}-{due}",
    "gap": "mean growth {span} against the other indicator's mean growth in the same years",
    "gap_recent": "mean growth before the plan {span} against the other indicator's mean growth in the same years",
    "gap_at_deadline": "mean growth {span} kept up with the other indicator to the deadline",
}

_REFUSALS = {
    "no_number": "the target states no number",
    "no_year": "the target states no year",
    "no_observation": "nothing was observed",
    "no_base": "the base of the change is neither stated nor observed",
    "no_reference": "the indicator it is compared with was not observed in the same years",
    "other_measure": "the observations measure something else than the target",
    "other_unit": "the observations are in another unit than the target",
    "break": "the series was redefined and the new definition has one point only",
    "break_after_base": "the series was redefined after the base; values before and after are not chained",
    "base_zero": "a ratio to a base of zero or below has no meaning",
    "sign": "the direction is down but the change is a rise; write a decrease as a negative number, a smaller multiple below 1",
    "no_direction": "neither direction nor base says which way the indicator should move",
    "passed_without_base": "the series already stood beyond a value that is still to be reached, so the measures must differ",
}
