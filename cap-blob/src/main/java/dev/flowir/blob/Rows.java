package dev.flowir.blob;

import dev.flowir.kernel.cap.Utf8Key;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a bucket knows, inside one transaction. Keys and options have been checked. */
interface Rows {

    /** Milliseconds since 1970. */
    long nowMillis();

    /** The object under a key. */
    Optional<Entry> find(Utf8Key key);

    /**
     * Objects in byte order of their keys.
     *
     * @param from first key that may be in it
     * @param strictly whether {@code from} itself is left out
     * @param to first key behind it; empty for the end
     * @param limit most objects
     */
    List<BlobInfo> range(Utf8Key from, Edge strictly, Optional<Utf8Key> to, int limit);

    /** Whether a range has its first key. */
    enum Edge {
        INCLUDED,
        EXCLUDED
    }

    /** Sets or replaces an object. What the old one held is not looked after. */
    void put(Entry entry);

    /** Removes an object. What it held is not looked after. */
    void remove(Entry entry);

    void createUpload(UploadRow upload);

    Optional<UploadRow> upload(String id);

    /** Uploads created at or before a time, oldest first. */
    List<UploadRow> uploadsUntil(long millis, int most);

    /** Parts of an upload in order of their numbers. */
    List<PartRow> parts(String upload);

    /** One part of an upload. */
    Optional<PartRow> part(String upload, int number);

    /** Sets or replaces a part. What the old one held is not looked after. */
    void putPart(String upload, PartRow part);

    /** Removes an upload and its parts. What they held is not looked after. */
    void removeUpload(String upload);

    /** Marks those files that nothing holds any more as garbage; which ones these are. */
    List<String> release(Collection<String> files);

    /** Whether an object or a part holds a file. */
    boolean holds(String file);

    /** Files marked as garbage. */
    List<String> garbage(int most);

    /** Takes the mark off files that are gone. */
    void cleared(Collection<String> files);

    void note(NotedEvent event);

    /** Noted events of a rule, oldest first. */
    List<NotedEvent> noted(String rule, int most);

    /**
     * Writes elsewhere that were begun and whose end is not known: noted under a rule that starts
     * with {@link #BEGUN}, behind which the version stands that the event has for an etag.
     */
    List<NotedEvent> begun(int most);

    /** No rule of anybody starts with this. */
    String BEGUN = "\u0001";

    /** Number of noted events of all rules. */
    long notedCount();

    void forget(List<NotedEvent> events);
}
