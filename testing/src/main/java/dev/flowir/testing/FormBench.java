package dev.flowir.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;

/** A host that serves {@link FormFlows}, running. */
public interface FormBench extends Closeable {

    /** {@return scheme, host and port} */
    URI address();

    /**
     * Files that were begun and are neither kept nor gone: what an object store holds of them is
     * seen by nobody, and paid for.
     *
     * @return how many
     * @throws Exception when they cannot be counted, which fails the rule
     */
    int open() throws Exception;

    @Override
    default void close() throws IOException {}
}
