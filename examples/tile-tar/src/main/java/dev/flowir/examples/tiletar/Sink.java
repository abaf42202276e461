package dev.flowir.examples.tiletar;

import java.io.IOException;

/** Who gets the bytes of an archive, one after the other. Knows no store. */
@FunctionalInterface
interface Sink {

    /**
     * Takes bytes; waits while it cannot.
     *
     * @throws IOException when it takes no more
     */
    void write(byte[] bytes, int offset, int length) throws IOException;
}
