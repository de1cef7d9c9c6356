package org.pyparallel.interpreter;

import org.pyparallel.job.PythonOptions;

/// What a console must know before it is opened.
///
/// @param python packages, seed and the like; no sandbox
/// @param number the console's number in its session, from 0: `pyparallel.worker` in it
/// @param workers how many consoles the session began with, at least 1: `pyparallel.workers`
public record ConsoleConfig(PythonOptions python, int number, int workers) {}
