package dev.flowir.benchmarks.requests;

/**
 * What is answered: the only object that the bodies make.
 *
 * @param cents both prices
 */
public record Quote(long cents) {}
