"""Run the whole suite: set up first, name the browser for the tests, say at the end what was left out.

python tools/suite.py [--without browser,postgres] [-- arguments for pytest]
"""

import argparse
import os
import subprocess
import sys
import time

import setup


def main(arguments: list[str]) -> int:
    """Set up, run pytest in .venv, return its exit code (1 when the set-up failed)."""
    parser = argparse.ArgumentParser(description="Set up from nothing and run the whole suite.")
    parser.add_argument("--without", type=setup.names, default=(), help="parts to leave out, with commas")
    parser.add_argument("rest", nargs="*", help="arguments for pytest")
    chosen = parser.parse_args(arguments)
    environment = dict(os.environ)
    try:
        setup.set_up("test", chosen.without)
        if "browser" not in chosen.without:
            environment["CHROMIUM"] = setup.find_browser()
    except setup.SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    return run(chosen.without, chosen.rest, environment)


def run(without: tuple[str, ...], rest: list[str], environment: dict[str, str]) -> int:
    """Run pytest over everything that is not left out."""
    left_out = " and ".join(f"not {part}" for part in without)
    words = [str(setup.PYTHON), "-m", "pytest", "-n", environment.get("WORKERS", "auto"), "--durations", "5"]
    # what a file prepares is prepared once; the long files come first (tests/conftest.py) and end first
    words += ["--dist", "loadfile", "--no-loadscope-reorder"]
    started = time.monotonic()
    # one thread a worker: two workers with two threads each are slower than either alone
    environment = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", **environment}
    chosen = ["-m", left_out] if left_out else []
    done = subprocess.run(
        [*words, *chosen, *rest], cwd=setup.ROOT, env=environment, stdin=subprocess.DEVNULL, check=False
    )
    print(f"suite: {time.monotonic() - started:.0f} s", file=sys.stderr)
    if without:
        print(f"suite: left out as asked: tests that need {', '.join(without)}; run make test for all", file=sys.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
