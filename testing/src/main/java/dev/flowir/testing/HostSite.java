package dev.flowir.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A host behind HTTP/1.1, at an address. */
public class HostSite implements HostBench {

    /** Against hangs only. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * A host that runs already.
     *
     * @param address scheme, host and port
     */
    public HostSite(URI address) {
        this.address = address;
    }

    @Override
    public HostAnswer send(HostRequest request) throws IOException, InterruptedException {
        java.net.http.HttpRequest.Builder asked =
                java.net.http.HttpRequest.newBuilder(
                                URI.create("http://" + address.getAuthority() + request.target()))
                        .timeout(LIMIT)
                        .method(request.method(), publisher(request));
        request.headers().forEach(it -> asked.header(it.name(), it.value()));
        HttpResponse<byte[]> answer = client.send(asked.build(), BodyHandlers.ofByteArray());
        Map<String, String> headers = new TreeMap<>();
        answer.headers()
                .map()
                .forEach((name, values) -> headers.put(name, String.join(", ", values)));
        return HostAnswer.of(answer.statusCode(), headers, answer.body());
    }

    private static BodyPublisher publisher(HostRequest request) {
        byte[] body = request.bytes();
        if (request.body().isEmpty()) {
            return BodyPublishers.noBody();
        }
        return switch (request.framing()) {
            case LENGTH -> BodyPublishers.ofByteArray(body);
            case CHUNKS -> BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
        };
    }

    @Override
    public void leave(HostRequest request, String heard) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
            OutputStream out = socket.getOutputStream();
            out.write(head(request).getBytes(ISO_8859_1));
            out.write(request.bytes());
            out.flush();
            hear(socket.getInputStream(), heard);
        }
    }

    @Override
    public Optional<URI> address() {
        return Optional.of(URI.create("http://" + address.getAuthority()));
    }

    @Override
    public boolean stalls() {
        return true;
    }

    @Override
    public String stall(HostRequest request, String heard, Meanwhile meanwhile, String until)
            throws Exception {
        java.net.http.HttpRequest.Builder asked =
                java.net.http.HttpRequest.newBuilder(
                                URI.create("http://" + address.getAuthority() + request.target()))
                        .timeout(LIMIT)
                        .method(request.method(), publisher(request));
        request.headers().forEach(it -> asked.header(it.name(), it.value()));
        StringBuilder all = new StringBuilder();
        try (InputStream in = client.send(asked.build(), BodyHandlers.ofInputStream()).body()) {
            if (!isHeard(in, heard, all)) {
                throw new AssertionError("no '" + heard + "' in: " + all);
            }
            meanwhile.run();
            isHeard(in, until, all);
        }
        return all.toString();
    }

    /** Reads until the text came; false when the answer ended or broke off before. */
    private static boolean isHeard(InputStream in, String text, StringBuilder all) {
        byte[] some = new byte[8_192];
        int from = all.length();
        while (all.indexOf(text, Math.max(0, from - text.length())) < 0) {
            from = all.length();
            int read;
            try {
                read = in.read(some);
            } catch (IOException cut) { // as an answer ends that the host gave up
                return false;
            }
            if (read < 0) {
                return false;
            }
            all.append(new String(some, 0, read, ISO_8859_1));
        }
        return true;
    }

    private static String head(HostRequest request) {
        StringBuilder head = new StringBuilder(request.method() + " " + request.target());
        head.append(" HTTP/1.1\r\nhost: localhost\r\n");
        request.headers()
                .forEach(it ->
                        head.append(it.name()).append(": ").append(it.value()).append("\r\n"));
        if (request.body().isPresent()) {
            head.append("content-length: ").append(request.bytes().length).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    private static void hear(InputStream in, String text) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (!all.toString(ISO_8859_1).contains(text)) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("no '" + text + "' in: " + all.toString(ISO_8859_1));
            }
            all.write(next);
        }
    }

    /** Hangs up; the host goes on. */
    @Override
    public void close() throws IOException {
        client.shutdownNow();
    }
}
