package dev.flowir.blob;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Who is told of writes that are done elsewhere, and what is made up here for each of them. */
interface Notices {

    /** A write that is about to leave. */
    record Begun(BlobAction action, String key, String version, Optional<String> copiedFrom) {}

    /** The time of the writer. */
    Instant now();

    /** A version that nothing else has: 32 hex digits. */
    String newVersion();

    boolean isTold(BlobAction action, String key);

    /** Does a write of one object, and tells of it when it was done. */
    Optional<BlobInfo> tell(Begun begun, Supplier<Optional<BlobInfo>> write);

    /** Does a removal of several objects that are there, and tells of it. */
    void tellRemoved(List<Begun> removed, Runnable write);
}
