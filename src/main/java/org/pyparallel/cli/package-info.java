/// The command line: from what was typed to a value of `job`, and from an outcome to an exit
/// status.
///
/// The way of a command: [org.pyparallel.cli.CommandLines] picks it, `Arguments` reads the words
/// with picocli against the command's model (`Command`, `RunFlags`), `RunOptions` holds what was
/// asked for without having looked at a single file, `RunPlanner` looks and makes the `RunPlan`,
/// and `RunExecution` wires the other packages together and runs it. `run`, `map`, `filter` and
/// `reduce` all go that way: an expression is a script that the Python driver makes.
///
/// Options come in groups, by what they are about, and each has its flags, its reader, its record
/// and its planner: the input (`InputFlags`, `InputOptionsReader`, `InputOptions`, `InputFiles`),
/// the records (with the input's flags; `RecordOptions`, `FormatPlanner`), the Python and its
/// sandbox (`PythonFlags`, `PythonChoice`, `PythonPlanner`), what may go wrong (`SafetyFlags` and
/// `JournalFlags`, `SafeguardOptions`, `SafeguardPlanner`) and the results (`OutputFlags`,
/// `OutputOptions`, `OutputPlanner`). The reader refuses what cannot go together whatever the files
/// are, the planner what does not fit the format or the script.
///
/// `repl` goes a shorter way: `ReplOptions` reads what its own few options (`ReplFlags`) say, and
/// `ReplCommand` opens the session and the shell that belongs to the terminal.
///
/// The only place that knows picocli. May import every package but the runtimes, which arrive
/// through the [org.pyparallel.cli.Environment].
///
/// Decisions: what was typed must fit, or is an error; a default from the environment that does not
/// fit is passed over, since it was not meant for this command. That needs a `Chosen` to remember
/// where it comes from. Words after `:::` are cut off before anything else looks at them: they may
/// look like options or files of arguments. picocli's model feeds parser, help and completions. It
/// is made in code and only for the command that was typed: reading it from annotations takes twice
/// as long, and made in code with all options it costs a start 15 ms, which is why a parser gets
/// only those that can be among the words. Help is laid out here, since picocli breaks lines inside
/// of words such as `.jsonl`, and so are the completions, since its own cannot tell scripts from
/// other files and know bash only.
///
/// On the way of a plain `run` there are no regular expressions, `String.format`, streams, lambdas,
/// pattern switches or string concatenations: each links its call site at first use, which takes
/// milliseconds.
@NullMarked
package org.pyparallel.cli;

import org.jspecify.annotations.NullMarked;
