package dev.flowir.kernel.cap;

import java.io.IOException;
import java.io.InputStream;

/**
 * Takes the files that clients send: what an application gives to a host for a route with a form.
 * Neither knows the other.
 */
@FunctionalInterface
public interface FileSink {

    /**
     * Takes one file while it comes. Nobody sees it before {@link Received#keep()}.
     *
     * @param contentType what the client says it is, for example {@code image/png}; empty when it
     *     says nothing
     * @param bytes the file; read to its end and not closed
     * @return the file, taken and not yet kept
     * @throws IOException what {@code bytes} failed with; nothing is left of the file then, nor
     *     when anything else is thrown
     */
    Received receive(String contentType, InputStream bytes) throws IOException;

    /** A file that was taken. */
    interface Received {

        /** {@return under what it is to be found once it is kept} */
        String key();

        /** Lets it be seen. */
        void keep();

        /** Removes it, kept or not. */
        void discard();
    }
}
