package dev.flowir.kernel.journal;

/**
 * A payload as nodes see it and as it is recorded.
 *
 * @param object the Java object
 * @param encoded its bytes
 */
public record Value(Object object, Payload encoded) {}
