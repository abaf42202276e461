package dev.flowir.s3;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Objects in memory, each change in one step, in the order of the bytes of their keys. */
final class WireObjects {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Stored(byte[] bytes, String etag, Map<String, String> headers) {}

    record Upload(String key, Map<String, String> headers, TreeMap<Integer, Stored> parts) {}

    private static final Comparator<String> BY_BYTES =
            (a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b));

    private final TreeMap<String, Stored> objects = new TreeMap<>(BY_BYTES);
    private final Map<String, Upload> uploads = new HashMap<>();
    private int ids;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized Optional<Stored> find(String key) {
        return Optional.ofNullable(objects.get(key));
    }

    /** Status of a write: 200, 404 or 412. */
    synchronized int put(String key, Stored stored, Optional<String> match, boolean onlyNew) {
        Stored old = objects.get(key);
        if (match.isPresent() && old == null) {
            return 404;
        }
        boolean other = match.isPresent() && !match.get().equals('"' + old.etag() + '"');
        if (other || (onlyNew && old != null)) {
            return 412;
        }
        objects.put(key, stored);
        return 200;
    }

    synchronized void remove(String key) {
        objects.remove(key);
    }

    /** The first keys behind one, with a prefix. */
    synchronized Map<String, Stored> list(String prefix, Optional<String> after, int most) {
        Map<String, Stored> found = new LinkedHashMap<>();
        String from = after.filter(key -> BY_BYTES.compare(key, prefix) > 0).orElse(prefix);
        boolean inclusive = after.isEmpty() || !from.equals(after.get());
        for (Map.Entry<String, Stored> entry : objects.tailMap(from, inclusive).entrySet()) {
            if (found.size() == most || !entry.getKey().startsWith(prefix)) {
                break;
            }
            found.put(entry.getKey(), entry.getValue());
        }
        return found;
    }

    synchronized String begin(String key, Map<String, String> headers) {
        String id = "upload" + ++ids;
        uploads.put(id, new Upload(key, headers, new TreeMap<>()));
        return id;
    }

    synchronized Optional<Upload> upload(String key, String id) {
        return Optional.ofNullable(uploads.get(id)).filter(upload -> upload.key().equals(key));
    }

    synchronized void part(Upload upload, int number, Stored part) {
        upload.parts().put(number, part);
    }

    synchronized void end(String id) {
        uploads.remove(id);
    }
}
