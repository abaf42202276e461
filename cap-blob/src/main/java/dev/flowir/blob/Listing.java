package dev.flowir.blob;

import dev.flowir.kernel.cap.Utf8Key;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Makes one page of a list. Jumps over what is rolled up instead of reading it. */
final class Listing {

    /** Rows read at once when keys are rolled up: most may turn out to be under one prefix. */
    private static final int ROLLED_UP_ROWS = 64;

    /** Where objects are looked for, as in {@link Rows#range}. */
    @FunctionalInterface
    interface Source {
        List<BlobInfo> range(Utf8Key from, Rows.Edge edge, Optional<Utf8Key> end, int limit);
    }

    private static final char BEHIND_KEY = 'k';
    private static final char BEHIND_PREFIX = 'p';

    private final Source source;
    private final BlobQuery query;
    private final Utf8Key prefix;
    private final Optional<Utf8Key> end;
    private final Optional<Utf8Key> delimiter;
    private final int limit;
    private final List<BlobInfo> objects = new ArrayList<>();
    private final List<String> prefixes = new ArrayList<>();
    private Utf8Key from;
    private Rows.Edge edge = Rows.Edge.INCLUDED;
    private String last = "";
    private boolean exhausted;

    Listing(Source source, BlobQuery query, Checks checks) {
        this.source = source;
        this.query = query;
        this.limit = checks.pageLimit(query);
        this.prefix = checks.bounded(query.prefix(), "the prefix");
        this.end = prefix.behindAll();
        this.delimiter =
                query.delimiter()
                        .filter(text -> !text.isEmpty())
                        .map(text -> checks.bounded(text, "the delimiter"));
        this.from = prefix;
        query.startAfter().map(text -> checks.bounded(text, "startAfter")).ifPresent(this::behind);
        query.cursor().ifPresent(this::resume);
    }

    private void behind(Utf8Key key) {
        if (key.compareTo(from) >= 0) {
            from = key;
            edge = Rows.Edge.EXCLUDED;
        }
    }

    private void resume(String cursor) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw noCursor(e);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        Utf8Key at =
                text.isEmpty()
                        ? prefix
                        : Utf8Key.encode(text.substring(1)).orElseThrow(() -> noCursor(null));
        boolean ofKey = !text.isEmpty() && text.charAt(0) == BEHIND_KEY;
        boolean ofPrefix = !text.isEmpty() && text.charAt(0) == BEHIND_PREFIX;
        if (!(ofKey || ofPrefix) || !at.startsWith(prefix)) {
            throw noCursor(null);
        }
        if (ofKey) {
            behind(at);
        } else {
            jump(at);
        }
    }

    private static BlobException noCursor(@org.jspecify.annotations.Nullable Exception cause) {
        String text = "a cursor is what an earlier page of the same list gave, unchanged";
        return cause == null
                ? new BlobException(BlobFault.INVALID_CURSOR, text)
                : new BlobException(BlobFault.INVALID_CURSOR, text, cause);
    }

    /** Goes on behind all keys that start with {@code common}. */
    private void jump(Utf8Key common) {
        Optional<Utf8Key> behind = common.behindAll();
        if (behind.isEmpty()) {
            exhausted = true;
        } else {
            from = behind.get();
            edge = Rows.Edge.INCLUDED;
        }
    }

    BlobPage page() {
        while (!exhausted) {
            int room = limit - objects.size() - prefixes.size();
            int asked = delimiter.isPresent() ? ROLLED_UP_ROWS : room + 1;
            List<BlobInfo> found = source.range(from, edge, end, asked);
            exhausted = found.size() < asked;
            if (!add(found)) {
                return new BlobPage(objects, prefixes, Optional.of(cursor()));
            }
        }
        return new BlobPage(objects, prefixes, Optional.empty());
    }

    /** Takes rows up; false when the page is full and there is more. */
    private boolean add(List<BlobInfo> found) {
        Optional<Utf8Key> common = Optional.empty();
        for (BlobInfo info : found) {
            Utf8Key key = Utf8Key.wrap(Checks.utf8(info.key()));
            if (common.isPresent() && key.startsWith(common.get())) {
                continue;
            }
            if (objects.size() + prefixes.size() == limit) {
                return false;
            }
            common = rolledUp(key);
            if (common.isPresent()) {
                prefixes.add(common.get().toString());
                last = BEHIND_PREFIX + common.get().toString();
            } else {
                boolean told = query.detail() == BlobQuery.Detail.METADATA;
                objects.add(told ? info : info.withMetadata(BlobMetadata.none()));
                last = BEHIND_KEY + info.key();
            }
            from = key;
            edge = Rows.Edge.EXCLUDED;
        }
        common.ifPresent(key -> {
            if (!exhausted) {
                jump(key);
            }
        });
        return true;
    }

    private Optional<Utf8Key> rolledUp(Utf8Key key) {
        if (delimiter.isEmpty()) {
            return Optional.empty();
        }
        int at = key.indexOf(delimiter.get(), prefix.length());
        return at < 0 ? Optional.empty() : Optional.of(key.start(at + delimiter.get().length()));
    }

    private String cursor() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Checks.utf8(last));
    }
}
