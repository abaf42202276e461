package dev.flowir.blob;

import dev.flowir.kernel.cap.Utf8Key;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Refuses what breaks a limit, before anything is written. */
final class Checks {

    private final BlobLimits limits;

    Checks(BlobLimits limits) {
        this.limits = limits;
    }

    BlobLimits limits() {
        return limits;
    }

    Utf8Key key(String key) {
        if (key.isEmpty()) {
            throw new BlobException(BlobFault.INVALID_KEY, "a key has at least one character");
        }
        return bounded(key, "the key");
    }

    /** A key or the start of one. */
    Utf8Key bounded(String text, String what) {
        Utf8Key key =
                Utf8Key.encode(text)
                        .orElseThrow(() ->
                                new BlobException(
                                        BlobFault.INVALID_KEY,
                                        what
                                                + " has half of a surrogate pair and so no UTF-8"
                                                + " form"));
        if (key.length() > limits.maxKeyBytes()) {
            throw new BlobException(
                    BlobFault.INVALID_KEY,
                    what
                            + " has "
                            + key.length()
                            + " bytes of UTF-8, the most is "
                            + limits.maxKeyBytes()
                            + "; a hash of it would fit");
        }
        return key;
    }

    Set<Utf8Key> keys(Collection<String> keys) {
        if (keys.size() > limits.maxDeleteKeys()) {
            throw new BlobException(
                    BlobFault.TOO_MANY_KEYS,
                    keys.size()
                            + " keys in one delete, the most is "
                            + limits.maxDeleteKeys()
                            + "; split the list");
        }
        Set<Utf8Key> checked = new LinkedHashSet<>();
        keys.forEach(key -> checked.add(key(key)));
        return checked;
    }

    void metadata(BlobMetadata metadata) {
        HttpMetadata http = metadata.http();
        Stream.of(
                        http.contentType(),
                        http.contentLanguage(),
                        http.contentDisposition(),
                        http.contentEncoding(),
                        http.cacheControl())
                .flatMap(Optional::stream)
                .forEach(Checks::header);
        long bytes = 0;
        for (Map.Entry<String, String> entry : metadata.custom().entrySet()) {
            bytes += size(entry.getKey()) + size(entry.getValue());
        }
        if (bytes > limits.maxMetadataBytes()) {
            throw new BlobException(
                    BlobFault.METADATA_TOO_LARGE,
                    "names and values of the metadata have "
                            + bytes
                            + " bytes of UTF-8, the most is "
                            + limits.maxMetadataBytes());
        }
    }

    private static void header(String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new BlobException(
                    BlobFault.INVALID_METADATA, "a header value has no control characters");
        }
        size(value);
    }

    private static int size(String text) {
        return Utf8Key.encode(text)
                .map(Utf8Key::length)
                .orElseThrow(() ->
                        new BlobException(
                                BlobFault.INVALID_METADATA,
                                "a text of the metadata has half of a surrogate pair"));
    }

    /** A length that was said, of a put or of a part. */
    void length(OptionalLong length) {
        if (length.isEmpty() && limits.lengths() == BlobLimits.Lengths.KNOWN) {
            throw new BlobException(
                    BlobFault.LENGTH_UNKNOWN,
                    "the body has no known length, and Cloudflare takes none such; call"
                            + " putStream, which sends it in parts, or say its length");
        }
        length.ifPresent(this::size);
    }

    /** A length that was said or counted. */
    void size(long bytes) {
        if (bytes > limits.maxPutBytes()) {
            throw new BlobException(
                    BlobFault.TOO_LARGE,
                    "one put or part has at most "
                            + limits.maxPutBytes()
                            + " bytes; send more in several parts");
        }
    }

    void partNumber(int number) {
        if (number < 1 || number > limits.maxParts()) {
            throw new BlobException(
                    BlobFault.INVALID_PART,
                    "parts are numbered 1 to " + limits.maxParts() + ", not " + number);
        }
    }

    /** Refuses an upload that is over. */
    BlobException noSuchUpload() {
        return new BlobException(
                BlobFault.NO_SUCH_UPLOAD,
                "the upload is completed, aborted or older than "
                        + limits.uploadAge()
                        + ", or was never created for this key");
    }

    int pageLimit(BlobQuery query) {
        int most =
                query.detail() == BlobQuery.Detail.METADATA
                        ? limits.maxDetailedPageObjects()
                        : limits.maxPageObjects();
        int limit = query.limit().orElse(most);
        if (limit < 1 || limit > limits.maxPageObjects()) {
            throw new BlobException(
                    BlobFault.INVALID_LIMIT,
                    "a page has 1 to " + limits.maxPageObjects() + " objects, not " + limit);
        }
        return Math.min(limit, most);
    }

    /** First byte and number of bytes of a range of an object, cut at its end. */
    static long[] range(BlobRange range, long size) {
        long offset =
                switch (range) {
                    case BlobRange.All() -> 0;
                    case BlobRange.From(long from) -> from;
                    case BlobRange.Bytes(long from, long length) -> length < 1 ? -1 : from;
                    case BlobRange.Last(long suffix) ->
                            suffix < 1 || size == 0 ? -1 : size - Math.min(suffix, size);
                };
        boolean whole = range instanceof BlobRange.All;
        if (!whole && (offset < 0 || offset >= size)) {
            throw new BlobException(
                    BlobFault.INVALID_RANGE, range + " has no byte of an object of " + size);
        }
        long rest = size - offset;
        long length = range instanceof BlobRange.Bytes(long from, long asked) ? asked : rest;
        return new long[] {offset, Math.min(length, rest)};
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
