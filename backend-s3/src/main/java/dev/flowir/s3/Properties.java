package dev.flowir.s3;

import dev.flowir.blob.BlobDraft;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.Checksum;
import dev.flowir.blob.HttpMetadata;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * What a server says of an object, in our words. Beside what S3 has a place for, an object of ours
 * carries one line of user metadata with its version, time, checksums and what stands elsewhere; an
 * object of somebody else is read without.
 */
record Properties(
        @Nullable String etag,
        @Nullable Instant lastModified,
        boolean plainMd5,
        @Nullable String contentType,
        @Nullable String contentLanguage,
        @Nullable String contentDisposition,
        @Nullable String contentEncoding,
        @Nullable String cacheControl,
        @Nullable String expires,
        Map<String, String> user) {

    /** User metadata with the version, the time, whether there is a content type, and sums. */
    private static final String OURS = "flowir";

    private static final int FIELDS = 3;
    private static final String TYPED = "t";
    private static final String UNTYPED = "u";

    static Properties of(HeadObjectResponse answer) {
        return new Properties(
                answer.eTag(),
                answer.lastModified(),
                isPlain(answer.serverSideEncryptionAsString(), answer.sseCustomerAlgorithm()),
                answer.contentType(),
                answer.contentLanguage(),
                answer.contentDisposition(),
                answer.contentEncoding(),
                answer.cacheControl(),
                answer.expiresString(),
                answer.metadata());
    }

    static Properties of(GetObjectResponse answer) {
        return new Properties(
                answer.eTag(),
                answer.lastModified(),
                isPlain(answer.serverSideEncryptionAsString(), answer.sseCustomerAlgorithm()),
                answer.contentType(),
                answer.contentLanguage(),
                answer.contentDisposition(),
                answer.contentEncoding(),
                answer.cacheControl(),
                answer.expiresString(),
                answer.metadata());
    }

    /** With a key of one's own or of a key service, an etag is no MD5 of the bytes. */
    static boolean isPlain(@Nullable String encryption, @Nullable String customerAlgorithm) {
        return customerAlgorithm == null
                && (encryption == null
                        || encryption.isEmpty()
                        || encryption.equals(ServerSideEncryption.AES256.toString()));
    }

    /** The line of ours for an object to be. */
    static String line(BlobDraft draft) {
        StringBuilder line = new StringBuilder(draft.version());
        line.append('.').append(draft.uploadedAt().toEpochMilli());
        line.append('.')
                .append(draft.metadata().http().contentType().isPresent() ? TYPED : UNTYPED);
        draft.checksums()
                .forEach((algorithm, hex) -> {
                    if (algorithm != Checksum.Algorithm.MD5) {
                        line.append('.').append(algorithm.name()).append(':').append(hex);
                    }
                });
        return line.toString();
    }

    /** User metadata for an object to be. */
    static Map<String, String> user(BlobDraft draft) {
        Map<String, String> user = new LinkedHashMap<>(Unplain.plain(draft.metadata().custom()));
        user.put(OURS, line(draft));
        Unplain.of(draft.metadata()).ifPresent(text -> user.put(Unplain.NAME, text));
        return user;
    }

    /** What an object that was just stored is. */
    static BlobInfo stored(BlobDraft draft, long size, String etag, boolean plainMd5) {
        Map<Checksum.Algorithm, String> sums = new EnumMap<>(Checksum.Algorithm.class);
        draft.checksums()
                .forEach((algorithm, hex) -> {
                    if (algorithm != Checksum.Algorithm.MD5) {
                        sums.put(algorithm, hex);
                    }
                });
        return new BlobInfo(
                draft.key(),
                draft.version(),
                size,
                bare(etag),
                draft.uploadedAt(),
                draft.metadata(),
                withMd5(sums, bare(etag), plainMd5));
    }

    BlobInfo info(String key, long size) {
        String tag = bare(etag);
        String[] ours = Optional.ofNullable(user.get(OURS)).orElse("").split("\\.", -1);
        boolean known = ours.length >= FIELDS && ours[1].matches("\\d{1,18}");
        Instant modified = Optional.ofNullable(lastModified).orElse(Instant.EPOCH);
        Map<Checksum.Algorithm, String> sums = new EnumMap<>(Checksum.Algorithm.class);
        for (int i = FIELDS; known && i < ours.length; i++) {
            sum(ours[i], sums);
        }
        boolean typed = !known || ours[2].equals(TYPED);
        return new BlobInfo(
                key,
                known ? ours[0] : tag + "-" + modified.toEpochMilli(),
                size,
                tag,
                known ? Instant.ofEpochMilli(Long.parseLong(ours[1])) : modified,
                metadata(typed),
                withMd5(sums, tag, plainMd5));
    }

    private static void sum(String text, Map<Checksum.Algorithm, String> sums) {
        for (Checksum.Algorithm algorithm : Checksum.Algorithm.values()) {
            String start = algorithm.name() + ":";
            if (text.startsWith(start)) {
                sums.put(algorithm, text.substring(start.length()));
            }
        }
    }

    private static Map<Checksum.Algorithm, String> withMd5(
            Map<Checksum.Algorithm, String> sums, String etag, boolean plainMd5) {
        if (plainMd5 && etag.matches("[0-9a-f]{32}")) {
            sums.put(Checksum.Algorithm.MD5, etag);
        }
        return sums;
    }

    private BlobMetadata metadata(boolean typed) {
        HttpMetadata http =
                new HttpMetadata(
                        text(contentType).filter(type -> typed),
                        text(contentLanguage),
                        text(contentDisposition),
                        text(contentEncoding),
                        text(cacheControl),
                        text(expires).flatMap(Properties::instant));
        Map<String, String> custom = new LinkedHashMap<>(user);
        custom.remove(OURS);
        String more = custom.remove(Unplain.NAME);
        BlobMetadata plain = new BlobMetadata(http, custom);
        return more == null ? plain : Unplain.join(plain, more);
    }

    private static Optional<String> text(@Nullable String header) {
        return Optional.ofNullable(header).filter(value -> !value.isEmpty());
    }

    private static Optional<Instant> instant(String date) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException e) {
            return Optional.empty(); // somebody else's, and no date
        }
    }

    static String bare(@Nullable String etag) {
        String text = Optional.ofNullable(etag).orElse("");
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
