package dev.flowir.benchmarks.s3;

import java.io.IOException;
import java.io.InputStream;

/** One that moves objects to a server and back. */
interface Bucket extends AutoCloseable {

    /** Who moves them. */
    enum Who {
        /** The AWS SDK alone. */
        BARE,
        /** Flow IR's provider over it. */
        OURS
    }

    /** Stores so many bytes. */
    void put(String key, InputStream body, long length);

    /** Reads an object to its end. */
    long get(String key) throws IOException;

    @Override
    void close();
}
