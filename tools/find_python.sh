#!/bin/bash
# Print the path of a Python that is recent enough for Parvis.
set -eu
for candidate in "${PARVIS_PYTHON:-}" python3 python3.13 python3.12 python3.11; do
    [ -n "$candidate" ] || continue
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    "$candidate" -c 'import sys; print(sys.executable)'
    exit 0
done
echo "Parvis needs Python 3.11 or later: install it, or name it with PARVIS_PYTHON=/path/to/python3." >&2
exit 1
