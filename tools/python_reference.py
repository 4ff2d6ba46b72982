"""The page of the Python interface: signature and docstring of every public name."""

import inspect
from types import FunctionType

import isthmus as im


def python_page() -> str:
    """Describe every public name of the package."""
    parts = [
        "# Python",
        "Generated from the docstrings. `import isthmus as im`; every name below is `im.NAME` and is imported when it is first"
        " used. The package carries type hints (`py.typed`). Arrays are labelled (`xarray`), tables are `pandas`. Longer"
        " examples: [from Python](../how-to/from-python.md).",
    ]
    for title, names in (("Functions", _of(function=True)), ("Records and errors", _of(function=False))):
        parts.append(f"## {title}")
        for name in names:
            found = getattr(im, name)
            text = inspect.cleandoc(found.__doc__ or "")
            parts += [f"### im.{name}", f"```text\nim.{name}{_signature(found)}\n```", f"```text\n{text}\n```"]
    return "\n\n".join(parts) + "\n"


def _of(*, function: bool) -> list[str]:
    return [name for name in im.__all__ if isinstance(getattr(im, name), FunctionType) is function]


def _signature(found: object) -> str:
    """Return the arguments of a function or record, without the modules in front of their types."""
    assert callable(found)
    try:
        words = [_argument(one) for one in inspect.signature(found).parameters.values()]
    except ValueError:
        return ""
    return f"({', '.join(words)})"


def _argument(one: inspect.Parameter) -> str:
    if one.default is inspect.Parameter.empty:
        return one.name
    shown = repr(one.default)
    return f"{one.name}={shown if len(shown) < len('a default of reasonable length') and '<' not in shown else '...'}"
