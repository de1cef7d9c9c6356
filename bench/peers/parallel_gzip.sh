#!/bin/sh
# bench/scripts/users.py over compressed files with GNU parallel, a process per file: PYTHON FILE...
cd "$(dirname "$0")"
python=$1
shift
parallel -j2 "zcat {} | $python users_filter.py" ::: "$@" | "$python" add_up.py
