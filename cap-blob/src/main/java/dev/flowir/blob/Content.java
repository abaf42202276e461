package dev.flowir.blob;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;

/** Where a bucket keeps the bytes of its objects, in files that are written once. */
interface Content extends AutoCloseable {

    /** A file being written, and given up when it is closed before it is finished. */
    interface Receiving extends AutoCloseable {

        void write(byte[] buffer, int offset, int length) throws IOException;

        /** Makes it durable; its name. Not yet known to any object. */
        String finish() throws IOException;

        @Override
        void close();
    }

    Receiving receive() throws IOException;

    /**
     * Some bytes of a file.
     *
     * @throws java.nio.file.NoSuchFileException when it is gone
     */
    InputStream open(String file, long offset) throws IOException;

    /** These finished files have become part of an object. */
    void keep(Collection<String> files);

    /** Deletes a file, if it is there. */
    void delete(String file) throws IOException;

    @Override
    void close();
}
