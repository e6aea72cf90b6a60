#!/bin/sh
# Opens ntmtrack: as Mo-ntmtrack.cmd, which see.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 11
start=$here/start/start.py
[ -f "$start" ] || { echo 'Hãy giải nén cả tệp .zip trước khi mở.' >&2; exit 11; }
for version in 3 @VERSIONS@; do
    python=python$version
    if command -v "$python" >/dev/null 2>&1 && "$python" -I "$start" --probe >/dev/null 2>&1; then
        exec "$python" -I "$start" "$@"
    fi
done
cat "$here/start/chua-co-python.txt" >&2
exit 10
