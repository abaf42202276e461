package dev.flowir.blob;

import java.time.Instant;
import java.util.Optional;

/**
 * Headers for whoever serves an object over HTTP. Values have no control characters, so that none
 * can smuggle in a header of its own.
 *
 * @param contentType {@code Content-Type}
 * @param contentLanguage {@code Content-Language}
 * @param contentDisposition {@code Content-Disposition}
 * @param contentEncoding {@code Content-Encoding}: how the bytes are encoded; they are kept as they
 *     came
 * @param cacheControl {@code Cache-Control}
 * @param cacheExpiry {@code Expires}
 */
public record HttpMetadata(
        Optional<String> contentType,
        Optional<String> contentLanguage,
        Optional<String> contentDisposition,
        Optional<String> contentEncoding,
        Optional<String> cacheControl,
        Optional<Instant> cacheExpiry) {

    private static final HttpMetadata NONE =
            new HttpMetadata(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    /** {@return no headers} */
    public static HttpMetadata none() {
        return NONE;
    }

    /**
     * The same with a content type.
     *
     * @param type for example {@code image/png}
     * @return the headers with it
     */
    public HttpMetadata contentType(String type) {
        return new HttpMetadata(
                Optional.of(type),
                contentLanguage,
                contentDisposition,
                contentEncoding,
                cacheControl,
                cacheExpiry);
    }

    /**
     * The same with a disposition.
     *
     * @param disposition for example {@code attachment; filename="a.png"}
     * @return the headers with it
     */
    public HttpMetadata contentDisposition(String disposition) {
        return new HttpMetadata(
                contentType,
                contentLanguage,
                Optional.of(disposition),
                contentEncoding,
                cacheControl,
                cacheExpiry);
    }

    /**
     * The same with a rule for caches.
     *
     * @param control for example {@code max-age=3600}
     * @return the headers with it
     */
    public HttpMetadata cacheControl(String control) {
        return new HttpMetadata(
                contentType,
                contentLanguage,
                contentDisposition,
                contentEncoding,
                Optional.of(control),
                cacheExpiry);
    }
}
