package dev.flowir.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a host answered, as far as it says: how it travelled is the server's affair.
 *
 * @param status HTTP status
 * @param headers fields by lower-case name, without those of the server
 * @param text the body
 */
public record HostAnswer(int status, Map<String, String> headers, String text) {

    /** Fields that servers add on their own account: how bytes travel, when, and by whom. */
    private static final Set<String> OF_THE_SERVER =
            Set.of(
                    "connection",
                    "content-length",
                    "date",
                    "keep-alive",
                    "server",
                    "transfer-encoding");

    /** Leaves out the fields of the server. */
    public HostAnswer {
        Map<String, String> told = new TreeMap<>(headers);
        told.keySet().removeAll(OF_THE_SERVER);
        headers = told;
    }

    /** An answer of bytes that must be UTF-8. */
    static HostAnswer of(int status, Map<String, String> headers, byte[] body) {
        String text = new String(body, UTF_8);
        Expect.equal("the body read and written again", body, text.getBytes(UTF_8));
        return new HostAnswer(status, headers, text);
    }

    /** An answer with a JSON body, and the fields that every such answer has. */
    static HostAnswer json(int status, String body) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("content-type", "application/json");
        headers.put("x-content-type-options", "nosniff");
        headers.put("x-request-id", HostRequest.ID);
        return new HostAnswer(status, headers, body);
    }

    /** An event stream, and the fields that every such answer has. */
    static HostAnswer events(String text) {
        return json(200, text)
                .header("content-type", "text/event-stream")
                .header("cache-control", "no-cache");
    }

    /** An error of the host itself. */
    static HostAnswer refused(int status, String error) {
        return json(
                status,
                "{\"error\":\""
                        + error
                        + "\",\"code\":\"HTTP"
                        + status
                        + "\",\"requestId\":\""
                        + HostRequest.ID
                        + "\"}");
    }

    HostAnswer header(String name, String value) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put(name, value);
        return new HostAnswer(status, all, text);
    }

    HostAnswer without(String name) {
        Map<String, String> all = new TreeMap<>(headers);
        all.remove(name);
        return new HostAnswer(status, all, text);
    }

    HostAnswer text(String newText) {
        return new HostAnswer(status, headers, newText);
    }

    /**
     * The same without what a run was waiting for: a JVM tells the line, where there is no stack
     * the node is told.
     */
    HostAnswer withoutWaitingFor() {
        String member = "\"waitingFor\":\"";
        int from = text.indexOf(member);
        int to = from < 0 ? -1 : text.indexOf('"', from + member.length());
        return to < 0 ? this : text(text.substring(0, from + member.length()) + text.substring(to));
    }
}
