package dev.flowir.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One file, read when the routes are made. A request never names a file, so there is no path to
 * leave.
 *
 * @param contentType by the file's ending
 * @param tag for {@code If-None-Match}
 * @param content the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PageRoute(String contentType, String tag, byte[] content) implements RouteHandler {

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("html", "text/html;charset=utf-8"),
                    Map.entry("css", "text/css;charset=utf-8"),
                    Map.entry("js", "text/javascript;charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("txt", "text/plain;charset=utf-8"));

    static PageRoute load(ClassLoader loader, String resource) {
        try (InputStream in = loader.getResourceAsStream(resource)) {
            return of(in, resource);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read resource " + resource, unreadable);
        }
    }

    static PageRoute load(Class<?> owner, String resource) {
        try (InputStream in = owner.getResourceAsStream(resource)) {
            return of(in, resource);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read resource " + resource, unreadable);
        }
    }

    private static PageRoute of(@Nullable InputStream in, String resource) throws IOException {
        if (in == null) {
            throw new IllegalArgumentException("no resource '" + resource + "' on the class path");
        }
        String ending = resource.substring(resource.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = TYPES.getOrDefault(ending, "application/octet-stream");
        byte[] content = in.readAllBytes();
        return new PageRoute(type, tagOf(content), content);
    }

    private static String tagOf(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return "\"" + HexFormat.of().formatHex(digest, 0, 12) + "\"";
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java has SHA-256", absent);
        }
    }

    Reply reply(RequestHead head) {
        boolean known = head.header("if-none-match").filter(tag::equals).isPresent();
        Map<String, String> headers = Map.of("ETag", tag, "Cache-Control", "no-cache");
        return known
                ? new Reply(304, "", contentType, headers, new byte[0])
                : new Reply(200, "", contentType, headers, content);
    }
}
