package dev.flowir.ir;

import java.util.Optional;

/**
 * A step that is to be undone, as what undoes it sees it.
 *
 * @param <I> input of the step
 * @param <O> output of the step
 * @param input what the step got
 * @param output what it gave; empty when nobody knows: it failed, gave nothing, or was under way
 * @param idempotencyKey the key that each of its attempts was given
 */
public record Done<I, O>(I input, Optional<O> output, String idempotencyKey) {}
