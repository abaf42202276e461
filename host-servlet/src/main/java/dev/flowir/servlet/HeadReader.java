package dev.flowir.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.kernel.host.Envelope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads the head of a request within the host's limits. */
final class HeadReader {

    /** What a request id may look like, so that it can go into logs and headers as it is. */
    private static final Pattern SAFE_ID = Pattern.compile("[A-Za-z0-9._~:+=@/-]{1,128}");

    /** A head that is refused. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1;

        private final int status;
        private final String reason;

        Refused(int status, String reason) {
            super(reason, null, false, false);
            this.status = status;
            this.reason = reason;
        }

        Reply reply(String requestId) {
            return Reply.error(Envelope.of(status, reason, requestId));
        }
    }

    private HeadReader() {}

    /** The client's id when it is one that can be repeated; else a new one. */
    static String requestId(HttpServletRequest request) {
        String given = request.getHeader("x-request-id");
        return given != null && isSafeId(given) ? given : UUID.randomUUID().toString();
    }

    static boolean isSafeId(String text) {
        return SAFE_ID.matcher(text).matches();
    }

    /** The decoded path below the servlet's mapping. */
    static String path(HttpServletRequest request) {
        MappingMatch match = request.getHttpServletMapping().getMappingMatch();
        String below =
                match == MappingMatch.PATH || match == MappingMatch.CONTEXT_ROOT
                        ? request.getPathInfo()
                        : match == MappingMatch.EXACT ? "/" : request.getServletPath();
        return below == null || below.isEmpty() ? "/" : below;
    }

    static RequestHead read(
            HttpServletRequest request,
            String requestId,
            String path,
            String route,
            Map<String, String> pathParameters,
            HostLimits limits)
            throws Refused {
        String raw = request.getQueryString();
        return new RequestHead(
                requestId,
                request.getMethod(),
                path,
                route,
                request.getProtocol(),
                Collections.unmodifiableMap(pathParameters),
                raw == null ? "" : raw,
                query(raw == null ? "" : raw, limits.maxParameters()),
                headers(request, limits.maxHeaders()),
                String.valueOf(request.getRemoteAddr()));
    }

    private static Map<String, List<String>> headers(HttpServletRequest request, int limit)
            throws Refused {
        Map<String, List<String>> all = new LinkedHashMap<>();
        int count = 0;
        for (String name : Collections.list(request.getHeaderNames())) {
            List<String> values = Collections.list(request.getHeaders(name));
            count += values.size();
            if (count > limit) {
                throw new Refused(431, "more than " + limit + " header fields");
            }
            all.put(name.toLowerCase(Locale.ROOT), List.copyOf(values));
        }
        return Collections.unmodifiableMap(all);
    }

    private static Map<String, List<String>> query(String raw, int limit) throws Refused {
        Map<String, List<String>> all = new LinkedHashMap<>();
        int count = 0;
        for (int start = 0; start < raw.length(); ) {
            int end = raw.indexOf('&', start);
            end = end < 0 ? raw.length() : end;
            String pair = raw.substring(start, end);
            start = end + 1;
            if (pair.isEmpty()) {
                continue;
            }
            if (++count > limit) {
                throw new Refused(400, "more than " + limit + " query parameters");
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            all.computeIfAbsent(decode(name), missing -> new ArrayList<>()).add(decode(value));
        }
        all.replaceAll((name, values) -> List.copyOf(values));
        return Collections.unmodifiableMap(all);
    }

    private static String decode(String text) throws Refused {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException broken) {
            throw new Refused(400, "the query string has a broken percent escape");
        }
    }
}
