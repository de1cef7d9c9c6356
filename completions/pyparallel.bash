# Made by "pyparallel completion bash".

_pyparallel_files() {
  local IFS=$'\n'
  type compopt > /dev/null 2>&1 && compopt -o filenames
  COMPREPLY=($(compgen -f -- "$1"))
}

_pyparallel_scripts() {
  local IFS=$'\n'
  type compopt > /dev/null 2>&1 && compopt -o filenames
  COMPREPLY=($(compgen -f -X '!*.py' -- "$1") $(compgen -d -- "$1"))
}

_pyparallel() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  local command=${COMP_WORDS[1]} operand=0 i
  COMPREPLY=()
  [ "$current" = = ] && current=
  [ "$previous" = = ] && previous=${COMP_WORDS[COMP_CWORD - 2]}
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "run map filter reduce repl doctor python completion -h --help -V --version" -- "$current"))
    return
  fi
  case $command in
    run)
      case $previous in
        --call) return ;;
        --share) return ;;
        --block) return ;;
        --shards) return ;;
        -N | --records-per-shard) return ;;
        -j | --workers) return ;;
        --concurrency) return ;;
        --runtime) COMPREPLY=($(compgen -W "auto cpython graalpy process" -- "$current")); return ;;
        --files-from) _pyparallel_files "$current"; return ;;
        -a | --arg-file) _pyparallel_files "$current"; return ;;
        --range) return ;;
        --format) COMPREPLY=($(compgen -W "lines jsonl json csv tsv values text bytes files null" -- "$current")); return ;;
        --delimiter) return ;;
        --recsep) return ;;
        --recstart) return ;;
        --group-by) return ;;
        --encoding-errors) COMPREPLY=($(compgen -W "strict replace surrogateescape" -- "$current")); return ;;
        --python) _pyparallel_files "$current"; return ;;
        --venv) _pyparallel_files "$current"; return ;;
        --python-path) _pyparallel_files "$current"; return ;;
        --seed) return ;;
        --allow-read) _pyparallel_files "$current"; return ;;
        --allow-write) _pyparallel_files "$current"; return ;;
        --max-statements) return ;;
        --timeout) return ;;
        --time-limit) return ;;
        --setup-timeout) return ;;
        --on-error) COMPREPLY=($(compgen -W "record shard" -- "$current")); return ;;
        --retries) return ;;
        --halt) return ;;
        --memory-limit) return ;;
        --worker-lifespan) return ;;
        --journal) _pyparallel_files "$current"; return ;;
        --joblog) _pyparallel_files "$current"; return ;;
        --reduce) return ;;
        --output-format) COMPREPLY=($(compgen -W "text jsonl json csv tsv" -- "$current")); return ;;
        -o | --output) _pyparallel_files "$current"; return ;;
        --rejects) _pyparallel_files "$current"; return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$current")); return ;;
      esac
      if [ "${current:0:1}" = - ]; then
        COMPREPLY=($(compgen -W "--call --share --numbered --block --shards -N --records-per-shard -j --workers --concurrency --runtime --no-tier-up --files-from -a --arg-file --link --range -0 --null --format --no-header --delimiter --recsep --recstart --group-by --encoding-errors --python --venv --python-path --seed --sandbox --allow-read --allow-write --allow-net --allow-env --max-statements --timeout --time-limit --setup-timeout --on-error --repl-on-error --retries --bisect --halt --memory-limit --worker-lifespan --journal --resume --resume-failed --joblog --reduce --sort --unique -k --keep-order --unordered --group --line-buffer --tag --output-format --json -o --output --rejects -q --quiet -v --verbose --color -h --help" -- "$current"))
        return
      fi
      for ((i = 2; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
          --call | --share | --block | --shards | -N | --records-per-shard | -j | --workers | --concurrency | --runtime | --files-from | -a | --arg-file | --range | --format | --delimiter | --recsep | --recstart | --group-by | --encoding-errors | --python | --venv | --python-path | --seed | --allow-read | --allow-write | --max-statements | --timeout | --time-limit | --setup-timeout | --on-error | --retries | --halt | --memory-limit | --worker-lifespan | --journal | --joblog | --reduce | --output-format | -o | --output | --rejects | --color)
            [ "${COMP_WORDS[i + 1]}" = = ] && ((i++))
            ((i++))
            ;;
          --) operand=1 ;;
          -?*) ;;
          *) operand=1 ;;
        esac
      done
      if [ $operand -eq 0 ]; then
        _pyparallel_scripts "$current"
        return
      fi
      _pyparallel_files "$current"
      ;;
    map)
      case $previous in
        --share) return ;;
        --block) return ;;
        --shards) return ;;
        -N | --records-per-shard) return ;;
        -j | --workers) return ;;
        --runtime) COMPREPLY=($(compgen -W "auto cpython graalpy process" -- "$current")); return ;;
        --files-from) _pyparallel_files "$current"; return ;;
        -a | --arg-file) _pyparallel_files "$current"; return ;;
        --range) return ;;
        --format) COMPREPLY=($(compgen -W "lines jsonl json csv tsv values text bytes files null" -- "$current")); return ;;
        --delimiter) return ;;
        --recsep) return ;;
        --recstart) return ;;
        --group-by) return ;;
        --encoding-errors) COMPREPLY=($(compgen -W "strict replace surrogateescape" -- "$current")); return ;;
        --python) _pyparallel_files "$current"; return ;;
        --venv) _pyparallel_files "$current"; return ;;
        --python-path) _pyparallel_files "$current"; return ;;
        --seed) return ;;
        --allow-read) _pyparallel_files "$current"; return ;;
        --allow-write) _pyparallel_files "$current"; return ;;
        --max-statements) return ;;
        --timeout) return ;;
        --time-limit) return ;;
        --setup-timeout) return ;;
        --on-error) COMPREPLY=($(compgen -W "record shard" -- "$current")); return ;;
        --retries) return ;;
        --halt) return ;;
        --memory-limit) return ;;
        --worker-lifespan) return ;;
        --journal) _pyparallel_files "$current"; return ;;
        --joblog) _pyparallel_files "$current"; return ;;
        --reduce) return ;;
        --output-format) COMPREPLY=($(compgen -W "text jsonl json csv tsv" -- "$current")); return ;;
        -o | --output) _pyparallel_files "$current"; return ;;
        --rejects) _pyparallel_files "$current"; return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$current")); return ;;
      esac
      if [ "${current:0:1}" = - ]; then
        COMPREPLY=($(compgen -W "--explain --share --numbered --block --shards -N --records-per-shard -j --workers --runtime --no-tier-up --files-from -a --arg-file --link --range -0 --null --format --no-header --delimiter --recsep --recstart --group-by --encoding-errors --python --venv --python-path --seed --sandbox --allow-read --allow-write --allow-net --allow-env --max-statements --timeout --time-limit --setup-timeout --on-error --repl-on-error --retries --halt --memory-limit --worker-lifespan --journal --resume --resume-failed --joblog --reduce --sort --unique -k --keep-order --unordered --group --line-buffer --tag --output-format --json -o --output --rejects -q --quiet -v --verbose --color -h --help" -- "$current"))
        return
      fi
      _pyparallel_files "$current"
      ;;
    filter)
      case $previous in
        --share) return ;;
        --block) return ;;
        --shards) return ;;
        -N | --records-per-shard) return ;;
        -j | --workers) return ;;
        --runtime) COMPREPLY=($(compgen -W "auto cpython graalpy process" -- "$current")); return ;;
        --files-from) _pyparallel_files "$current"; return ;;
        -a | --arg-file) _pyparallel_files "$current"; return ;;
        --range) return ;;
        --format) COMPREPLY=($(compgen -W "lines jsonl json csv tsv values text bytes files null" -- "$current")); return ;;
        --delimiter) return ;;
        --recsep) return ;;
        --recstart) return ;;
        --group-by) return ;;
        --encoding-errors) COMPREPLY=($(compgen -W "strict replace surrogateescape" -- "$current")); return ;;
        --python) _pyparallel_files "$current"; return ;;
        --venv) _pyparallel_files "$current"; return ;;
        --python-path) _pyparallel_files "$current"; return ;;
        --seed) return ;;
        --allow-read) _pyparallel_files "$current"; return ;;
        --allow-write) _pyparallel_files "$current"; return ;;
        --max-statements) return ;;
        --timeout) return ;;
        --time-limit) return ;;
        --setup-timeout) return ;;
        --on-error) COMPREPLY=($(compgen -W "record shard" -- "$current")); return ;;
        --retries) return ;;
        --halt) return ;;
        --memory-limit) return ;;
        --worker-lifespan) return ;;
        --journal) _pyparallel_files "$current"; return ;;
        --joblog) _pyparallel_files "$current"; return ;;
        --reduce) return ;;
        --output-format) COMPREPLY=($(compgen -W "text jsonl json csv tsv" -- "$current")); return ;;
        -o | --output) _pyparallel_files "$current"; return ;;
        --rejects) _pyparallel_files "$current"; return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$current")); return ;;
      esac
      if [ "${current:0:1}" = - ]; then
        COMPREPLY=($(compgen -W "--explain --share --numbered --block --shards -N --records-per-shard -j --workers --runtime --no-tier-up --files-from -a --arg-file --link --range -0 --null --format --no-header --delimiter --recsep --recstart --group-by --encoding-errors --python --venv --python-path --seed --sandbox --allow-read --allow-write --allow-net --allow-env --max-statements --timeout --time-limit --setup-timeout --on-error --repl-on-error --retries --halt --memory-limit --worker-lifespan --journal --resume --resume-failed --joblog --reduce --sort --unique -k --keep-order --unordered --group --line-buffer --tag --output-format --json -o --output --rejects -q --quiet -v --verbose --color -h --help" -- "$current"))
        return
      fi
      _pyparallel_files "$current"
      ;;
    reduce)
      case $previous in
        --share) return ;;
        --block) return ;;
        --shards) return ;;
        -N | --records-per-shard) return ;;
        -j | --workers) return ;;
        --runtime) COMPREPLY=($(compgen -W "auto cpython graalpy process" -- "$current")); return ;;
        --files-from) _pyparallel_files "$current"; return ;;
        -a | --arg-file) _pyparallel_files "$current"; return ;;
        --range) return ;;
        --format) COMPREPLY=($(compgen -W "lines jsonl json csv tsv values text bytes files null" -- "$current")); return ;;
        --delimiter) return ;;
        --recsep) return ;;
        --recstart) return ;;
        --group-by) return ;;
        --encoding-errors) COMPREPLY=($(compgen -W "strict replace surrogateescape" -- "$current")); return ;;
        --python) _pyparallel_files "$current"; return ;;
        --venv) _pyparallel_files "$current"; return ;;
        --python-path) _pyparallel_files "$current"; return ;;
        --seed) return ;;
        --allow-read) _pyparallel_files "$current"; return ;;
        --allow-write) _pyparallel_files "$current"; return ;;
        --max-statements) return ;;
        --timeout) return ;;
        --time-limit) return ;;
        --setup-timeout) return ;;
        --on-error) COMPREPLY=($(compgen -W "record shard" -- "$current")); return ;;
        --retries) return ;;
        --halt) return ;;
        --memory-limit) return ;;
        --worker-lifespan) return ;;
        --journal) _pyparallel_files "$current"; return ;;
        --joblog) _pyparallel_files "$current"; return ;;
        --output-format) COMPREPLY=($(compgen -W "text jsonl json csv tsv" -- "$current")); return ;;
        -o | --output) _pyparallel_files "$current"; return ;;
        --rejects) _pyparallel_files "$current"; return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$current")); return ;;
      esac
      if [ "${current:0:1}" = - ]; then
        COMPREPLY=($(compgen -W "--explain --share --numbered --block --shards -N --records-per-shard -j --workers --runtime --no-tier-up --files-from -a --arg-file --link --range -0 --null --format --no-header --delimiter --recsep --recstart --group-by --encoding-errors --python --venv --python-path --seed --sandbox --allow-read --allow-write --allow-net --allow-env --max-statements --timeout --time-limit --setup-timeout --on-error --retries --halt --memory-limit --worker-lifespan --journal --resume --resume-failed --joblog -k --keep-order --unordered --group --line-buffer --output-format --json -o --output --rejects -q --quiet -v --verbose --color -h --help" -- "$current"))
        return
      fi
      _pyparallel_files "$current"
      ;;
    repl)
      case $previous in
        -i | --script) _pyparallel_files "$current"; return ;;
        -j | --workers) return ;;
        --runtime) COMPREPLY=($(compgen -W "auto cpython graalpy process" -- "$current")); return ;;
        --python) _pyparallel_files "$current"; return ;;
        --venv) _pyparallel_files "$current"; return ;;
        --python-path) _pyparallel_files "$current"; return ;;
        --seed) return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$current")); return ;;
      esac
      if [ "${current:0:1}" = - ]; then
        COMPREPLY=($(compgen -W "-i --script -j --workers --runtime --python --venv --python-path --seed -q --quiet --color -h --help" -- "$current"))
        return
      fi
      ;;
    doctor)
      case $previous in
        --python) _pyparallel_files "$current"; return ;;
        --venv) _pyparallel_files "$current"; return ;;
        --python-path) _pyparallel_files "$current"; return ;;
      esac
      if [ "${current:0:1}" = - ]; then
        COMPREPLY=($(compgen -W "--json --python --venv --python-path -h --help" -- "$current"))
        return
      fi
      for ((i = 2; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
          --python | --venv | --python-path)
            [ "${COMP_WORDS[i + 1]}" = = ] && ((i++))
            ((i++))
            ;;
          --) operand=1 ;;
          -?*) ;;
          *) operand=1 ;;
        esac
      done
      if [ $operand -eq 0 ]; then
        _pyparallel_scripts "$current"
        return
      fi
      ;;
    python)
      _pyparallel_files "$current"
      ;;
    completion)
      if [ "${current:0:1}" = - ]; then
        COMPREPLY=($(compgen -W "-h --help" -- "$current"))
        return
      fi
      COMPREPLY=($(compgen -W "bash zsh fish" -- "$current"))
      ;;
  esac
}

complete -F _pyparallel pyparallel
