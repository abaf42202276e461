package dev.flowir.sql;

import java.util.OptionalLong;

/**
 * What a statement did and took.
 *
 * @param changes rows inserted, changed or deleted by the statement itself
 * @param lastRowId rowid of the row inserted last, where the database has such
 * @param attempts how often it was tried; more than 1 only for reads
 * @param durationNanos from the call to the answer, in nanoseconds
 */
public record SqlMeta(long changes, OptionalLong lastRowId, int attempts, long durationNanos) {}
