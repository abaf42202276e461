package dev.flowir.wasm;

import dev.flowir.blob.BlobDraft;
import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.Checksum;
import dev.flowir.blob.HttpMetadata;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Properties and refusals of R2, as the capability has them. */
final class BlobForms {

    private static final String CONTENT_TYPE = "contentType";
    private static final String CONTENT_LANGUAGE = "contentLanguage";
    private static final String CONTENT_DISPOSITION = "contentDisposition";
    private static final String CONTENT_ENCODING = "contentEncoding";
    private static final String CACHE_CONTROL = "cacheControl";

    /** Faults by the numbers of the platform, which stand at the end of what it says. */
    private static final Map<String, BlobFault> FAULTS = faults();

    private BlobForms() {}

    private static Map<String, BlobFault> faults() {
        Map<String, BlobFault> faults = new LinkedHashMap<>();
        faults.put("(10020)", BlobFault.INVALID_KEY);
        faults.put("(10012)", BlobFault.METADATA_TOO_LARGE);
        faults.put("(100100)", BlobFault.TOO_LARGE);
        faults.put("(10037)", BlobFault.BAD_DIGEST);
        faults.put("(10039)", BlobFault.INVALID_RANGE);
        faults.put("(10007)", BlobFault.NO_SUCH_KEY);
        faults.put("(10022)", BlobFault.INVALID_LIMIT);
        faults.put("(10024)", BlobFault.NO_SUCH_UPLOAD);
        faults.put("(10025)", BlobFault.INVALID_PART);
        faults.put("(10048)", BlobFault.INVALID_PART);
        faults.put("(10011)", BlobFault.PART_TOO_SMALL);
        faults.put("(10029)", BlobFault.INVALID_ARGUMENT);
        return faults;
    }

    static BlobInfo info(JsBlobs.Info js) {
        Map<String, String> custom = new LinkedHashMap<>();
        for (int i = 0; i < js.customCount(); i++) {
            custom.put(js.customName(i), js.customValue(i));
        }
        Map<Checksum.Algorithm, String> sums = new EnumMap<>(Checksum.Algorithm.class);
        for (Checksum.Algorithm algorithm : Checksum.Algorithm.values()) {
            text(js.checksum(algorithm.name())).ifPresent(sum -> sums.put(algorithm, sum));
        }
        double expiry = js.expiryMillis();
        HttpMetadata http =
                new HttpMetadata(
                        text(js.http(CONTENT_TYPE)),
                        text(js.http(CONTENT_LANGUAGE)),
                        text(js.http(CONTENT_DISPOSITION)),
                        text(js.http(CONTENT_ENCODING)),
                        text(js.http(CACHE_CONTROL)),
                        expiry < 0
                                ? Optional.empty()
                                : Optional.of(Instant.ofEpochMilli((long) expiry)));
        return new BlobInfo(
                js.key(),
                js.version(),
                (long) js.size(),
                js.etag(),
                Instant.ofEpochMilli((long) js.uploadedMillis()),
                new BlobMetadata(http, custom),
                sums);
    }

    private static Optional<String> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    static void describe(JsBlobs.Draft js, BlobDraft draft) {
        HttpMetadata http = draft.metadata().http();
        http.contentType().ifPresent(it -> js.http(CONTENT_TYPE, it));
        http.contentLanguage().ifPresent(it -> js.http(CONTENT_LANGUAGE, it));
        http.contentDisposition().ifPresent(it -> js.http(CONTENT_DISPOSITION, it));
        http.contentEncoding().ifPresent(it -> js.http(CONTENT_ENCODING, it));
        http.cacheControl().ifPresent(it -> js.http(CACHE_CONTROL, it));
        http.cacheExpiry().ifPresent(it -> js.expiry((double) it.toEpochMilli()));
        draft.metadata().custom().forEach(js::custom);
        // The platform takes one sum of a body, and makes MD5 anyway, which a copy has beside it.
        Map.Entry<Checksum.Algorithm, String> strongest =
                new TreeMap<>(draft.checksums()).lastEntry();
        if (strongest != null) {
            js.checksum(strongest.getKey().name(), strongest.getValue());
        }
    }

    /** A refusal whose number is known; others are the platform's own trouble. */
    static RuntimeException refusal(PlatformException refused) {
        String message = String.valueOf(refused.getMessage());
        for (Map.Entry<String, BlobFault> it : FAULTS.entrySet()) {
            if (message.endsWith(it.getKey())) {
                return new BlobException(it.getValue(), onOneLine(message));
            }
        }
        return refused;
    }

    private static String onOneLine(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            line.append(text.charAt(i) < ' ' ? ' ' : text.charAt(i));
        }
        return line.toString();
    }
}
