package dev.flowir.ir;

/** An exception that knows whether another attempt can help. All others are worth one. */
public interface Retriable {

    /** {@return false when a repeat would fail in the same way} */
    boolean isRetriable();
}
