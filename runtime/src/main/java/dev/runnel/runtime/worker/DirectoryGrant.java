package dev.runnel.runtime.worker;

import java.nio.file.Path;

/**
 * A folder that a program may use.
 *
 * @param guest the path under which the program sees it
 * @param host the folder itself
 */
public record DirectoryGrant(String guest, Path host) {}
