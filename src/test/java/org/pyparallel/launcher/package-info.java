/// Tests of the built distribution: its launcher as a process, with real files, pipes and signals.
///
/// They find it through the system property `pyparallel.home`, know nothing of the classes in it,
/// and run after packaging (`*IT`). Everything in here waits with a limit, see [Running#LIMIT].
package org.pyparallel.launcher;
