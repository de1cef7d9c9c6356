#!/bin/sh
# bench/scripts/wordcount.py with GNU parallel, a process per block: PYTHON FILE
cd "$(dirname "$0")"
parallel -j2 --pipepart -a "$2" --block 32M "$1" words_filter.py | "$1" add_up.py
