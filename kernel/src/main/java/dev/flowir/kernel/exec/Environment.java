package dev.flowir.kernel.exec;

import dev.flowir.kernel.host.TimeSource;

/**
 * What the drivers of one runtime share.
 *
 * @param time clock and timers
 * @param listening who hears what happens
 * @param ids ids of runs
 * @param watchdogs whether deadlines and time limits are kept
 */
public record Environment(TimeSource time, Listening listening, RunIds ids, boolean watchdogs) {}
