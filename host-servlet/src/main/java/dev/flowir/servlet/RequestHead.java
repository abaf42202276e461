package dev.flowir.servlet;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request without its body: what authorization, rate limits and listeners look at. Its text form
 * never shows secrets.
 *
 * @param requestId the client's {@code x-request-id}, or one made by the host
 * @param method for example {@code POST}
 * @param path decoded path below the servlet's mapping, for example {@code /task/7}
 * @param route template of the route that matched, for example {@code /task/{taskId}}
 * @param version protocol, for example {@code HTTP/1.1}
 * @param pathParameters values of the template's parameters
 * @param rawQuery the query string as it came, empty when there is none
 * @param query decoded query parameters, in the order they came
 * @param headers values under lower-case names
 * @param remoteAddress the peer as the container sees it
 */
public record RequestHead(
        String requestId,
        String method,
        String path,
        String route,
        String version,
        Map<String, String> pathParameters,
        String rawQuery,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        String remoteAddress) {

    /**
     * The first value of a header.
     *
     * @param name in any case
     * @return the value; empty when there is no such header
     */
    public Optional<String> header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** Method, path, query and headers with secrets and long ids left out. */
    @Override
    public String toString() {
        return method
                + " "
                + Redaction.path(path)
                + " query="
                + Redaction.values(query)
                + " headers="
                + Redaction.values(headers)
                + " id="
                + requestId;
    }
}
