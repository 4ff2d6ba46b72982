#!/bin/sh
# Print a Python from 3.11 to 3.13 that runs and can make virtual environments; say what to do when there is none.
# PYTHON= names the one to use. Each candidate is started, because a name on the PATH may be a shim without a Python behind it.

fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
complete='import ensurepip, venv'

for candidate in ${PYTHON:-.venv/bin/python python3 python3.12 python3.13 python3.11 python /usr/bin/python3}; do
    "$candidate" -c "$fits" >/dev/null 2>&1 || continue
    if "$candidate" -c "$complete" >/dev/null 2>&1; then
        "$candidate" -c 'import sys; print(sys.executable)'
        exit 0
    fi
    bare=${bare:-$candidate}
done

if [ -n "$bare" ]; then
    echo "setup: $bare fits, but it cannot make virtual environments." >&2
    echo "To do: apt-get install $("$bare" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" >&2
elif [ -n "$PYTHON" ]; then
    found=$("$PYTHON" -c 'import platform; print("it is Python " + platform.python_version())' 2>/dev/null || echo "it does not run")
    echo "setup: PYTHON=$PYTHON cannot be used: $found. Isthmus needs Python 3.11, 3.12 or 3.13." >&2
else
    echo "setup: no Python 3.11, 3.12 or 3.13 found on the PATH." >&2
    echo "To do: install one (Debian: apt-get install python3 python3-venv) or name it, for example make run PYTHON=/opt/python3.12/bin/python3" >&2
fi
exit 1
