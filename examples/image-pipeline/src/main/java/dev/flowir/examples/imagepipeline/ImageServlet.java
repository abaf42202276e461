package dev.flowir.examples.imagepipeline;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.PutOptions;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.host.Envelope;
import dev.flowir.s3.S3CallException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code /images/<organizationId>/<name>}: takes and gives pictures as they stream, without ever
 * holding a whole one. What becomes of them is not its business: the bucket tells.
 */
final class ImageServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** Largest picture; our choice, below what a call to the classifier may carry. */
    static final long MAX_BYTES = 10L << 20;

    /** Of a refused request; the connection of a longer one is closed. */
    private static final long MAX_DISCARDED_BYTES = 16L << 20;

    /** Longest name, so that it fits into the metadata of an object. */
    private static final int MAX_NAME = 200;

    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));

    private final transient BlobWriter pictures;

    /** Which object a path means. */
    private record Place(String organizationId, String name) {
        String key() {
            return organizationId + '/' + name;
        }
    }

    /** A request that cannot be done, and the status that says so. */
    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;
        private final int status;

        RefusedException(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    ImageServlet(Gallery pictures) {
        this.pictures = pictures.writer(Scope.outside("upload"));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            Place place = place(request);
            switch (request.getMethod()) {
                case "PUT" -> put(place, request, response);
                case "GET" -> get(place, response);
                case "DELETE" -> delete(place, response);
                default -> throw new RefusedException(405, "PUT, GET or DELETE");
            }
        } catch (RefusedException refused) {
            refuse(request, response, refused.status, String.valueOf(refused.getMessage()));
        } catch (BlobException failure) {
            int status = failure.fault().status();
            refuse(
                    request,
                    response,
                    status,
                    status < 500 ? String.valueOf(failure.getMessage()) : "not stored");
        } catch (S3CallException failure) {
            refuse(request, response, failure.isRetriable() ? 503 : 500, "not stored");
        }
    }

    private static Place place(HttpServletRequest request) throws RefusedException {
        String path = Optional.ofNullable(request.getPathInfo()).orElse("/");
        int slash = path.indexOf('/', 1);
        if (slash < 0 || !Judge.isOrganization(path.substring(1, slash))) {
            throw new RefusedException(
                    404, "an organization has 1 to 64 letters, digits, '_' and '-', then a name");
        }
        String name = path.substring(slash + 1);
        if (name.isBlank()
                || name.length() > MAX_NAME
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new RefusedException(
                    400, "a name has 1 to " + MAX_NAME + " characters, none for control");
        }
        return new Place(path.substring(1, slash), name);
    }

    private void put(Place place, HttpServletRequest request, HttpServletResponse response)
            throws IOException, RefusedException {
        long length = request.getContentLengthLong();
        if (length < 0) {
            throw new RefusedException(411, "say how long the picture is: Content-Length");
        }
        if (length > MAX_BYTES) {
            throw new RefusedException(413, "a picture has at most " + MAX_BYTES + " bytes");
        }
        String type =
                Optional.ofNullable(request.getContentType()).orElse("application/octet-stream");
        PutOptions options =
                PutOptions.with(
                        BlobMetadata.type(type)
                                .with("organizationId", place.organizationId())
                                .with("name", place.name()));
        BlobInfo info =
                pictures.put(place.key(), BlobBody.of(request.getInputStream(), length), options)
                        .orThrow();
        Map<String, JsonValue> stored = new LinkedHashMap<>();
        stored.put("key", JsonValue.text(info.key()));
        stored.put("eTag", JsonValue.text(info.etag()));
        stored.put("version", JsonValue.text(info.version()));
        stored.put("size", JsonValue.number(info.size()));
        reply(response, 201, new JsonValue.Obj(stored));
    }

    private void get(Place place, HttpServletResponse response)
            throws IOException, RefusedException {
        try (Blob blob =
                pictures.get(place.key())
                        .orElseThrow(() -> new RefusedException(404, "not found"))) {
            InputStream bytes = new BufferedInputStream(blob.stream());
            bytes.mark(Pictures.HEAD);
            // never what the uploader said: the bytes of others are not to become a page
            response.setContentType(Pictures.typeOf(bytes).orElse("application/octet-stream"));
            bytes.reset();
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("ETag", blob.info().httpEtag());
            response.setContentLengthLong(blob.length());
            bytes.transferTo(response.getOutputStream());
        }
    }

    private void delete(Place place, HttpServletResponse response) {
        pictures.delete(place.key());
        response.setStatus(204);
    }

    /** A client that sends all before it listens sees the answer when what it sends is taken. */
    private static void refuse(
            HttpServletRequest request, HttpServletResponse response, int status, String why)
            throws IOException {
        InputStream rest = request.getInputStream();
        byte[] thrownAway = new byte[1 << 13];
        long left = MAX_DISCARDED_BYTES;
        while (left > 0 && !isAtEnd(rest, thrownAway)) {
            left -= thrownAway.length;
        }
        if (left <= 0) {
            response.setHeader("Connection", "close");
        }
        reply(response, status, Envelope.of(status, why, UUID.randomUUID().toString()).json());
    }

    private static boolean isAtEnd(InputStream stream, byte[] into) throws IOException {
        return stream.readNBytes(into, 0, into.length) < into.length;
    }

    private static void reply(HttpServletResponse response, int status, JsonValue body)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        try {
            response.getOutputStream().write(JSON.encode(body));
        } catch (CodecException unencodable) {
            throw new IOException(unencodable);
        }
    }
}
