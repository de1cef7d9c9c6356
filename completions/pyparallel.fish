# Made by "pyparallel completion fish".

complete -c pyparallel -f
complete -c pyparallel -n __fish_use_subcommand -s h -l help -d 'Show this help'
complete -c pyparallel -n __fish_use_subcommand -s V -l version -d 'Show the version'
complete -c pyparallel -n __fish_use_subcommand -a run -d 'Run a script over its input, in parallel'
complete -c pyparallel -n __fish_use_subcommand -a doctor -d 'Show what can run here, and what is missing'
complete -c pyparallel -n __fish_use_subcommand -a python -d 'Run the bundled CPython (-m venv, -m pip, any script)'
complete -c pyparallel -n __fish_use_subcommand -a completion -d 'Print a completion script for a shell'

complete -c pyparallel -n '__fish_seen_subcommand_from run' -l call -x -d 'Call this function of the script, once per record, instead of going by what the script defines'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -l format -x -a 'lines jsonl text bytes files null' -d 'What a record is'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -s 0 -l null -d 'Short for --format null'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -l encoding-errors -x -a 'strict replace surrogateescape' -d 'What happens to bytes that are not UTF-8, as in Python'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -l block -x -d 'Shards of about this many bytes, rounded up to whole records'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -l shards -x -d 'This many shards of about equal size'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -s N -l records-per-shard -x -d 'Shards of exactly N records'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -s j -l workers -x -d 'How many interpreters run at once'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -l runtime -x -a 'auto cpython graalpy' -d 'Which Python runs the script'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -s k -l keep-order -d 'Results in the order of the input (default)'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -l unordered -d 'Results as shards end'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -l output-format -x -a 'text jsonl json' -d 'How results are written'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -l json -d 'One JSON document with results, shards, errors and statistics (schema pyparallel.run/1)'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -s o -l output -r -F -d 'Write results there instead of to standard output'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -s q -l quiet -d 'No progress and no summary'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -s v -l verbose -d 'Also say at the end what the run has cost'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -l color -x -a 'auto always never' -d 'Colours in messages'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -s h -l help -d 'Show this help'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -k -a '(__fish_complete_suffix .py)'
complete -c pyparallel -n '__fish_seen_subcommand_from run' -F

complete -c pyparallel -n '__fish_seen_subcommand_from doctor' -l json -d 'The same as JSON'
complete -c pyparallel -n '__fish_seen_subcommand_from doctor' -s h -l help -d 'Show this help'

complete -c pyparallel -n '__fish_seen_subcommand_from python' -F

complete -c pyparallel -n '__fish_seen_subcommand_from completion' -s h -l help -d 'Show this help'
complete -c pyparallel -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'
