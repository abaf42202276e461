package dev.flowir.wasm;

import dev.flowir.wasm.KvCalls.Bytes;
import java.util.List;
import java.util.Optional;

/** Calls of a bucket's remote and their answers, as they go to a worker and back. */
final class BlobCalls {

    private BlobCalls() {}

    /** Methods of {@link dev.flowir.blob.BlobRemote}. */
    enum Method {
        HEAD,
        HEADS,
        GET,
        LIST,
        PUT,
        DELETE,
        COPY,
        CREATE,
        PART,
        COMPLETE,
        ABORT
    }

    /** A name and its value. */
    record Pair(String name, String value) {}

    /**
     * What a writer says of an object.
     *
     * @param http headers by their component's name, the expiry as milliseconds
     * @param replacing etag; empty for nothing; absent for anything
     */
    record Draft(
            String key,
            String version,
            long millis,
            List<Pair> http,
            List<Pair> custom,
            List<Pair> sums,
            Optional<String> replacing) {}

    /**
     * A call. Texts may hold half a surrogate pair nowhere: the checks have refused those.
     *
     * @param key key, prefix, or source of a copy
     * @param keys several keys
     * @param text etag, upload, or the key to go on after
     * @param numbers of a range, a page, or a part
     */
    record Call(
            Method method,
            String key,
            List<String> keys,
            Optional<String> text,
            List<Long> numbers,
            Optional<Draft> draft,
            List<Pair> parts,
            Optional<Bytes> body) {}

    /** What is known of an object. */
    record Info(
            String key,
            String version,
            long size,
            String etag,
            long uploadedMillis,
            List<Pair> http,
            List<Pair> custom,
            List<Pair> sums) {}

    /** What came of a call. */
    record Answer(
            String fault,
            String why,
            List<Info> infos,
            List<Long> numbers,
            Optional<String> text,
            boolean more,
            Optional<Bytes> body) {}

    /** A task for a handle of the isolate. */
    record Task(String name, String key, long bytes) {}

    /** What came of it. */
    record Told(String fault, List<String> lines) {}
}
