package org.pyparallel.job;

import java.nio.file.Path;

/// A file that every interpreter sees as a read-only buffer, `pyparallel.shared.NAME`.
///
/// @param name a Python identifier
/// @param file absolute and known to be readable when the run was planned
public record Share(String name, Path file) {}
