package dev.flowir.kernel.machine.conformance;

/**
 * One case.
 *
 * @param id its number, for example {@code M07}; never given to another case
 * @param title what must hold
 * @param body runs it; throws {@link MismatchException} when it does not hold
 */
public record ConformanceCase(String id, String title, Runnable body) {}
