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
    COMPREPLY=($(compgen -W "run doctor python completion -h --help -V --version" -- "$current"))
    return
  fi
  case $command in
    run)
      case $previous in
        --call) return ;;
        --format) COMPREPLY=($(compgen -W "lines jsonl text bytes files null" -- "$current")); return ;;
        --encoding-errors) COMPREPLY=($(compgen -W "strict replace surrogateescape" -- "$current")); return ;;
        --block) return ;;
        --shards) return ;;
        -N | --records-per-shard) return ;;
        -j | --workers) return ;;
        --runtime) COMPREPLY=($(compgen -W "auto cpython graalpy" -- "$current")); return ;;
        --output-format) COMPREPLY=($(compgen -W "text jsonl json" -- "$current")); return ;;
        -o | --output) _pyparallel_files "$current"; return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$current")); return ;;
      esac
      if [ "${current:0:1}" = - ]; then
        COMPREPLY=($(compgen -W "--call --format -0 --null --encoding-errors --block --shards -N --records-per-shard -j --workers --runtime -k --keep-order --unordered --output-format --json -o --output -q --quiet -v --verbose --color -h --help" -- "$current"))
        return
      fi
      for ((i = 2; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
          --call | --format | --encoding-errors | --block | --shards | -N | --records-per-shard | -j | --workers | --runtime | --output-format | -o | --output | --color)
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
    doctor)
      if [ "${current:0:1}" = - ]; then
        COMPREPLY=($(compgen -W "--json -h --help" -- "$current"))
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
