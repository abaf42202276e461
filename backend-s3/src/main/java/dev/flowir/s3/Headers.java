package dev.flowir.s3;

import dev.flowir.blob.HttpMetadata;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Headers that an object is served with, as far as they are plain. */
record Headers(HttpMetadata http) {

    static Headers of(HttpMetadata given) {
        return new Headers(
                new HttpMetadata(
                        plain(given.contentType()),
                        plain(given.contentLanguage()),
                        plain(given.contentDisposition()),
                        plain(given.contentEncoding()),
                        plain(given.cacheControl()),
                        given.cacheExpiry().filter(Unplain::isPlain)));
    }

    private static Optional<String> plain(Optional<String> value) {
        return value.filter(Unplain::isPlain);
    }

    void onto(PutObjectRequest.Builder request) {
        http.contentType().ifPresent(request::contentType);
        http.contentLanguage().ifPresent(request::contentLanguage);
        http.contentDisposition().ifPresent(request::contentDisposition);
        http.contentEncoding().ifPresent(request::contentEncoding);
        http.cacheControl().ifPresent(request::cacheControl);
        expiry().ifPresent(request::expires);
    }

    void onto(CopyObjectRequest.Builder request) {
        http.contentType().ifPresent(request::contentType);
        http.contentLanguage().ifPresent(request::contentLanguage);
        http.contentDisposition().ifPresent(request::contentDisposition);
        http.contentEncoding().ifPresent(request::contentEncoding);
        http.cacheControl().ifPresent(request::cacheControl);
        expiry().ifPresent(request::expires);
    }

    void onto(CreateMultipartUploadRequest.Builder request) {
        http.contentType().ifPresent(request::contentType);
        http.contentLanguage().ifPresent(request::contentLanguage);
        http.contentDisposition().ifPresent(request::contentDisposition);
        http.contentEncoding().ifPresent(request::contentEncoding);
        http.cacheControl().ifPresent(request::cacheControl);
        expiry().ifPresent(request::expires);
    }

    private Optional<Instant> expiry() {
        return http.cacheExpiry();
    }
}
