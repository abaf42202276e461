package dev.flowir.examples.tiletar;

import dev.flowir.blob.BlobReader;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.host.Envelope;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /archives/<plan>.tar}: the archive of the tiles that a plan has now, as it is made. Its
 * length is said before its first byte; when it cannot be made whole the connection is cut, so that
 * the client sees a failure. {@code Range: bytes=n-} goes on where one was cut.
 */
final class TarServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger(TarServlet.class);
    private static final Pattern PATH = Pattern.compile("/([A-Za-z0-9_-]{1,64})\\.tar");
    private static final Pattern FROM = Pattern.compile("bytes=(\\d{1,18})-");

    private final transient BlobReader bucket;
    private final transient Archiver archiver;

    TarServlet(BlobReader bucket, Archiver archiver) {
        this.bucket = bucket;
        this.archiver = archiver;
    }

    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Manifest> manifest = manifest(request);
        if (manifest.isEmpty()) {
            response.setStatus(404);
            return;
        }
        describe(response, manifest.get(), 0);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Manifest> found = manifest(request);
        if (found.isEmpty()) {
            refuse(response, 404, "no tiles");
            return;
        }
        Manifest manifest = found.get();
        OptionalLong from = from(request, manifest);
        if (from.isPresent() && from.getAsLong() >= manifest.bytes()) {
            response.setHeader("Content-Range", "bytes */" + manifest.bytes());
            refuse(response, 416, "the archive has " + manifest.bytes() + " bytes");
            return;
        }
        describe(response, manifest, from.orElse(0));
        if (from.isPresent()) {
            response.setStatus(206);
            response.setHeader(
                    "Content-Range",
                    "bytes %d-%d/%d"
                            .formatted(from.getAsLong(), manifest.bytes() - 1, manifest.bytes()));
        }
        send(response, manifest, from.orElse(0));
    }

    private void send(HttpServletResponse response, Manifest manifest, long from)
            throws IOException {
        ServletOutputStream body = response.getOutputStream();
        try {
            archiver.send(manifest, from, body::write, Progress.IGNORED);
        } catch (ArchiveException incomplete) {
            LOG.warn("the archive of {} is cut: {}", manifest.plan(), incomplete.getMessage());
            if (response.isCommitted()) {
                throw new IOException("the archive is not whole", incomplete);
            }
            response.reset();
            refuse(response, 500, "the archive could not be made: " + incomplete.failure().code());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("the application stops", stopping);
        }
    }

    private Optional<Manifest> manifest(HttpServletRequest request) {
        Matcher path = PATH.matcher(Optional.ofNullable(request.getPathInfo()).orElse("/"));
        return path.matches()
                ? Optional.of(Manifest.of(bucket, path.group(1)))
                        .filter(manifest -> !manifest.tiles().isEmpty())
                : Optional.empty();
    }

    private static void describe(HttpServletResponse response, Manifest manifest, long from) {
        response.setContentType("application/x-tar");
        response.setHeader("ETag", etag(manifest));
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("X-Tiles", Integer.toString(manifest.tiles().size()));
        response.setContentLengthLong(manifest.bytes() - from);
    }

    private static String etag(Manifest manifest) {
        return '"' + manifest.id() + '"';
    }

    /** Where to go on; the whole archive when its tiles are not those of before any more. */
    private static OptionalLong from(HttpServletRequest request, Manifest manifest) {
        Matcher range = FROM.matcher(Optional.ofNullable(request.getHeader("Range")).orElse(""));
        boolean same =
                Optional.ofNullable(request.getHeader("If-Range"))
                        .map(etag(manifest)::equals)
                        .orElse(true);
        return range.matches() && same
                ? OptionalLong.of(Long.parseLong(range.group(1)))
                : OptionalLong.empty();
    }

    private static void refuse(HttpServletResponse response, int status, String why)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        JsonValue body = Envelope.of(status, why, UUID.randomUUID().toString()).json();
        try {
            response.getOutputStream()
                    .write(JsonCodecs.strict().of(Type.of(JsonValue.class)).encode(body));
        } catch (CodecException unencodable) {
            throw new IOException(unencodable);
        }
    }
}
