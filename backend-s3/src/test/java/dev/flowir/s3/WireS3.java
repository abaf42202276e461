package dev.flowir.s3;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The wire format of S3 as its documentation states it, over memory: what S3Proxy with a folder has
 * not, such as any key and conditions that are one step with their write.
 */
final class WireS3 implements Closeable {

    private static final DateTimeFormatter SIGNED_AT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX", Locale.ROOT);

    /** Amazon's. */
    private static final Duration MOST_SKEW = Duration.ofMinutes(15);

    private static final Pattern KEY = Pattern.compile("<Key>(.*?)</Key>", Pattern.DOTALL);
    private static final Pattern PART =
            Pattern.compile("<PartNumber>(\\d+)</PartNumber>|<ETag>(.*?)</ETag>");

    static {
        // Else each answer with a body waits 40 ms for the client's word that it has the headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final WireObjects objects = new WireObjects();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int failing;
    private volatile boolean mute;
    private volatile Duration ahead = Duration.ZERO;

    WireS3() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on every request is answered by this status; 0 for as it should be. */
    void fail(int status) {
        failing = status;
    }

    /** From now on its clock is ahead, and it refuses signatures that are too far from it. */
    void ahead(Duration time) {
        ahead = time;
    }

    private boolean isSkewed(HttpExchange exchange) {
        Optional<Instant> signed =
                header(exchange, "X-Amz-Date")
                        .map(date ->
                                LocalDateTime.parse(date, SIGNED_AT).toInstant(ZoneOffset.UTC));
        return signed.isPresent()
                && Duration.between(signed.get(), Instant.now().plus(ahead))
                                .abs()
                                .compareTo(MOST_SKEW)
                        > 0;
    }

    /** From now on it stores what it is given, and cuts the line instead of an answer. */
    void mute() {
        mute = true;
    }

    /** And answers again. */
    void speak() {
        mute = false;
    }

    int requests() {
        return requests.get();
    }

    private void serve(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            String[] path = exchange.getRequestURI().getRawPath().substring(1).split("/", 2);
            String key = path.length < 2 ? "" : decode(path[1].replace("+", "%2B"));
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            String method = exchange.getRequestMethod();
            if (isSkewed(exchange)) {
                exchange.getRequestBody().readAllBytes();
                error(exchange, 403, "RequestTimeTooSkewed");
            } else if (failing > 0) {
                exchange.getRequestBody().readAllBytes();
                error(exchange, failing, "InternalError");
            } else if (key.isEmpty()) {
                ofBucket(exchange, method, query);
            } else if (query.containsKey("uploads") || query.containsKey("uploadId")) {
                ofUpload(exchange, method, key, query);
            } else {
                ofObject(exchange, method, key);
            }
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            String[] sides = pair.split("=", 2);
            query.put(decode(sides[0]), sides.length < 2 ? "" : decode(sides[1]));
        }
        return query;
    }

    private void ofBucket(HttpExchange exchange, String method, Map<String, String> query)
            throws IOException {
        if (method.equals("HEAD")) {
            answer(exchange, 200, new byte[0]);
        } else if (query.containsKey("delete")) {
            Matcher keys = KEY.matcher(text(body(exchange)));
            while (keys.find()) {
                objects.remove(unxml(keys.group(1)));
            }
            xml(exchange, "<DeleteResult></DeleteResult>");
        } else {
            list(exchange, query);
        }
    }

    private void list(HttpExchange exchange, Map<String, String> query) throws IOException {
        int most = Integer.parseInt(query.getOrDefault("max-keys", "1000"));
        Map<String, WireObjects.Stored> found =
                objects.list(
                        query.getOrDefault("prefix", ""),
                        Optional.ofNullable(query.get("start-after")),
                        most + 1);
        StringBuilder xml = new StringBuilder("<ListBucketResult>");
        xml.append("<EncodingType>url</EncodingType><IsTruncated>")
                .append(found.size() > most)
                .append("</IsTruncated>");
        found.entrySet().stream()
                .limit(most)
                .forEach(entry ->
                        xml.append("<Contents><Key>")
                                .append(encode(entry.getKey()))
                                .append("</Key><LastModified>2026-01-01T00:00:00.000Z")
                                .append("</LastModified><ETag>&quot;")
                                .append(entry.getValue().etag())
                                .append("&quot;</ETag><Size>")
                                .append(entry.getValue().bytes().length)
                                .append("</Size></Contents>"));
        xml(exchange, xml.append("</ListBucketResult>").toString());
    }

    private void ofObject(HttpExchange exchange, String method, String key) throws IOException {
        switch (method) {
            case "PUT" -> put(exchange, key);
            case "DELETE" -> {
                objects.remove(key);
                answer(exchange, 204, new byte[0]);
            }
            default -> read(exchange, key);
        }
    }

    private void read(HttpExchange exchange, String key) throws IOException {
        Optional<WireObjects.Stored> found = objects.find(key);
        if (found.isEmpty()) {
            error(exchange, 404, "NoSuchKey");
            return;
        }
        WireObjects.Stored stored = found.get();
        Optional<String> match = header(exchange, "If-Match");
        if (match.isPresent() && !match.get().equals('"' + stored.etag() + '"')) {
            error(exchange, 412, "PreconditionFailed");
            return;
        }
        Headers headers = exchange.getResponseHeaders();
        stored.headers().forEach(headers::set);
        headers.set("ETag", '"' + stored.etag() + '"');
        headers.set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
        int size = stored.bytes().length;
        Optional<String> range = header(exchange, "Range");
        if (range.isEmpty()) {
            answer(exchange, 200, stored.bytes());
            return;
        }
        String[] ends = range.get().substring("bytes=".length()).split("-", 2);
        long from =
                ends[0].isEmpty()
                        ? Math.max(0, size - Long.parseLong(ends[1]))
                        : Long.parseLong(ends[0]);
        long last =
                ends[0].isEmpty() || ends[1].isEmpty()
                        ? size - 1
                        : Math.min(size - 1, Long.parseLong(ends[1]));
        if (from >= size || from > last) {
            error(exchange, 416, "InvalidRange");
            return;
        }
        headers.set("Content-Range", "bytes " + from + "-" + last + "/" + size);
        answer(
                exchange,
                206,
                java.util.Arrays.copyOfRange(stored.bytes(), (int) from, (int) last + 1));
    }

    private void put(HttpExchange exchange, String key) throws IOException {
        Map<String, String> kept = kept(exchange);
        Optional<String> source = header(exchange, "x-amz-copy-source");
        WireObjects.Stored stored;
        if (source.isPresent()) {
            String from = decode(source.get().replace("+", "%2B")).replaceFirst("^/?[^/]+/", "");
            Optional<WireObjects.Stored> found = objects.find(from);
            if (found.isEmpty()) {
                error(exchange, 404, "NoSuchKey");
                return;
            }
            Optional<String> same = header(exchange, "x-amz-copy-source-if-match");
            if (same.isPresent() && !same.get().equals('"' + found.get().etag() + '"')) {
                error(exchange, 412, "PreconditionFailed");
                return;
            }
            stored = new WireObjects.Stored(found.get().bytes(), found.get().etag(), kept);
        } else {
            byte[] bytes = body(exchange);
            stored = new WireObjects.Stored(bytes, WireObjects.md5(bytes), kept);
        }
        int status =
                objects.put(
                        key,
                        stored,
                        header(exchange, "If-Match"),
                        header(exchange, "If-None-Match").isPresent());
        if (status != 200) {
            error(exchange, status, status == 404 ? "NoSuchKey" : "PreconditionFailed");
            return;
        }
        if (mute) {
            return;
        }
        exchange.getResponseHeaders().set("ETag", '"' + stored.etag() + '"');
        if (source.isPresent()) {
            xml(
                    exchange,
                    "<CopyObjectResult><ETag>&quot;"
                            + stored.etag()
                            + "&quot;</ETag></CopyObjectResult>");
        } else {
            answer(exchange, 200, new byte[0]);
        }
    }

    private void ofUpload(
            HttpExchange exchange, String method, String key, Map<String, String> query)
            throws IOException {
        if (query.containsKey("uploads")) {
            String id = objects.begin(key, kept(exchange));
            xml(exchange, "<R><UploadId>" + id + "</UploadId></R>");
            return;
        }
        String id = query.get("uploadId");
        byte[] body = body(exchange);
        Optional<WireObjects.Upload> found = objects.upload(key, id);
        if (found.isEmpty()) {
            error(exchange, 404, "NoSuchUpload");
            return;
        }
        WireObjects.Upload upload = found.get();
        switch (method) {
            case "PUT" -> {
                String etag = WireObjects.md5(body);
                objects.part(
                        upload,
                        Integer.parseInt(query.get("partNumber")),
                        new WireObjects.Stored(body, etag, Map.of()));
                exchange.getResponseHeaders().set("ETag", '"' + etag + '"');
                answer(exchange, 200, new byte[0]);
            }
            case "GET" -> {
                StringBuilder xml = new StringBuilder("<R><IsTruncated>false</IsTruncated>");
                upload.parts()
                        .forEach((number, part) ->
                                xml.append("<Part><PartNumber>")
                                        .append(number)
                                        .append("</PartNumber><ETag>&quot;")
                                        .append(part.etag())
                                        .append("&quot;</ETag><Size>")
                                        .append(part.bytes().length)
                                        .append("</Size></Part>"));
                xml(exchange, xml.append("</R>").toString());
            }
            case "DELETE" -> {
                objects.end(id);
                answer(exchange, 204, new byte[0]);
            }
            default -> complete(exchange, key, id, upload, text(body));
        }
    }

    private void complete(
            HttpExchange exchange, String key, String id, WireObjects.Upload upload, String xml)
            throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteArrayOutputStream sums = new ByteArrayOutputStream();
        TreeMap<Integer, Boolean> numbers = new TreeMap<>();
        Matcher parts = PART.matcher(xml);
        while (parts.find()) {
            if (parts.group(1) != null) {
                numbers.put(Integer.parseInt(parts.group(1)), true);
            }
        }
        for (int number : numbers.keySet()) {
            WireObjects.Stored part = upload.parts().get(number);
            all.write(part.bytes());
            sums.write(HexFormat.of().parseHex(part.etag()));
        }
        String etag = WireObjects.md5(sums.toByteArray()) + "-" + numbers.size();
        objects.put(
                key,
                new WireObjects.Stored(all.toByteArray(), etag, upload.headers()),
                Optional.empty(),
                false);
        objects.end(id);
        xml(exchange, "<R><ETag>&quot;" + etag + "&quot;</ETag></R>");
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** Headers that come back with an object. */
    private static Map<String, String> kept(HttpExchange exchange) {
        Map<String, String> kept = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> {
                    String lower = name.toLowerCase(Locale.ROOT);
                    String value = values.get(0).replaceAll("^aws-chunked,?", "");
                    boolean served =
                            List.of(
                                            "content-type",
                                            "content-language",
                                            "content-disposition",
                                            "content-encoding",
                                            "cache-control",
                                            "expires")
                                    .contains(lower);
                    if ((served || lower.startsWith("x-amz-meta-")) && !value.isEmpty()) {
                        kept.put(name, value);
                    }
                });
        return kept;
    }

    /** The bytes of a request, out of signed chunks where it comes in such. */
    private static byte[] body(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        Optional<String> decoded = header(exchange, "x-amz-decoded-content-length");
        if (decoded.isEmpty()) {
            byte[] plain = in.readAllBytes();
            whole(plain.length, header(exchange, "Content-Length").orElse("0"));
            return plain;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = chunk(in); size > 0; size = chunk(in)) {
            all.write(in.readNBytes(size));
            in.readNBytes(2);
        }
        in.readAllBytes();
        whole(all.size(), decoded.get());
        return all.toByteArray();
    }

    private static void whole(int got, String said) throws IOException {
        if (got != Integer.parseInt(said)) {
            throw new IOException("cut off after " + got + " of " + said + " bytes");
        }
    }

    private static int chunk(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        while (c >= 0 && c != '\n') {
            line.append((char) c);
            c = in.read();
        }
        String size = line.toString().strip().split(";", 2)[0];
        return size.isEmpty() ? 0 : Integer.parseInt(size, 16);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String unxml(String text) {
        Matcher numbers = Pattern.compile("&#(x?)([0-9a-fA-F]+);").matcher(text);
        return numbers.replaceAll(match ->
                        Matcher.quoteReplacement(
                                Character.toString(
                                        Integer.parseInt(
                                                match.group(2),
                                                match.group(1).isEmpty() ? 10 : 16))))
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    private static void xml(HttpExchange exchange, String xml) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        answer(exchange, 200, xml.getBytes(StandardCharsets.UTF_8));
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        String xml = "<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>";
        answer(exchange, status, xml.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
