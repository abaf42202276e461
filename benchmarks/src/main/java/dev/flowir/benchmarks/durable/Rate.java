package dev.flowir.benchmarks.durable;

/**
 * How quick a contender is.
 *
 * @param perSecond steps in a second
 * @param micros processor time of a step in microseconds; not a number where it is not known
 */
record Rate(double perSecond, double micros) {}
