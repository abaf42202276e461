package dev.flowir.testing;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobQuery;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.Blobs;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.cap.UploadedFile;
import dev.flowir.kernel.form.FormLimits;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The flows that {@link FormContract} asks for, the same on every host. A host serves {@link
 * #forms()} with files under {@link #PREFIX} in the bucket {@link #BINDING}, and {@link #plain()}.
 */
public final class FormFlows {

    /** Name of the bucket. */
    public static final String BINDING = "FORMS";

    /** What keys of files start with. */
    public static final String PREFIX = "up/";

    private FormFlows() {}

    /**
     * A route that takes forms.
     *
     * @param method for example {@code POST}
     * @param path path template
     * @param flow the flow
     * @param limits bounds of its forms
     */
    public record Route(String method, String path, Flow<?, ?> flow, FormLimits limits) {}

    /**
     * Fields of every kind.
     *
     * @param title text
     * @param year a number that may be missing
     * @param tags several texts
     * @param cover a file that may be missing
     * @param pages several files
     */
    public record Album(
            String title,
            Optional<Integer> year,
            List<String> tags,
            Optional<UploadedFile> cover,
            List<UploadedFile> pages) {}

    /**
     * A field of the path beside a file.
     *
     * @param owner of the path
     * @param file the file
     */
    public record Owned(String owner, UploadedFile file) {}

    /**
     * Which object is asked for.
     *
     * @param key its key; empty for all
     */
    public record Key(String key) {}

    /**
     * What there is.
     *
     * @param keys of all objects
     * @param size of the one that was asked for
     * @param type content type of it; empty when it has none
     * @param sum of its bytes, as {@link #sum} makes it
     */
    public record Stored(List<String> keys, long size, String type, int sum) {}

    /** Longest body of the route whose whole is bounded. */
    static final int WHOLE_BYTES = 400;

    /** {@return routes that take forms} */
    public static List<Route> forms() {
        FormLimits all = FormLimits.DEFAULT.withAtOnce(8);
        return List.of(
                new Route("POST", "/albums", ALBUM, all),
                new Route("PUT", "/of/{owner}", OWNED, all),
                new Route("POST", "/text", ALBUM, all.withMaxTextBytes(5)),
                new Route("POST", "/file", ALBUM, all.withMaxFileBytes(3)),
                new Route("POST", "/parts", ALBUM, all.withMaxParts(3)),
                new Route("POST", "/head", ALBUM, all.withMaxHeaderBytes(96)),
                new Route("POST", "/whole", ALBUM, all.withMaxBytes(WHOLE_BYTES)),
                new Route("POST", "/soon", ALBUM, all.withWithin(Duration.ofMillis(300))),
                new Route("POST", "/one", ALBUM, all.withAtOnce(1)));
    }

    /** {@return routes for POST that take JSON} */
    public static List<HostRoute> plain() {
        return List.of(
                HostRoute.of("POST", "/stored", STORED), HostRoute.of("POST", "/clear", CLEAR));
    }

    private static final Flow<Album, Album> ALBUM =
            Flow.define(
                    "album",
                    "1.0.0",
                    Album.class,
                    (g, in) -> g.then(in, Node.pure("echo", Album.class, Album.class, it -> it)));

    private static final Flow<Owned, Owned> OWNED =
            Flow.define(
                    "owned",
                    "1.0.0",
                    Owned.class,
                    (g, in) -> g.then(in, Node.pure("echo", Owned.class, Owned.class, it -> it)));

    private static final Flow<Key, Stored> STORED =
            Flow.define(
                    "stored",
                    "1.0.0",
                    Key.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Node.effect(
                                            "stored",
                                            Key.class,
                                            Stored.class,
                                            Blobs.writer(BINDING),
                                            (bucket, it, ctx) -> stored(bucket, it.key()))));

    private static final Flow<Key, Stored> CLEAR =
            Flow.define(
                    "clear",
                    "1.0.0",
                    Key.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Node.effect(
                                            "clear",
                                            Key.class,
                                            Stored.class,
                                            Blobs.writer(BINDING),
                                            (bucket, it, ctx) -> cleared(bucket))));

    private static Stored stored(BlobWriter bucket, String key) throws IOException {
        List<String> keys = keys(bucket);
        if (key.isEmpty()) {
            return new Stored(keys, 0, "", 0);
        }
        try (Blob blob = bucket.get(key).orElseThrow()) {
            int sum = 0;
            byte[] chunk = new byte[64 * 1024];
            InputStream in = blob.stream();
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                sum = sum(sum, chunk, n);
            }
            return new Stored(
                    keys,
                    blob.info().size(),
                    blob.info().metadata().http().contentType().orElse(""),
                    sum);
        }
    }

    private static Stored cleared(BlobWriter bucket) {
        for (String key : keys(bucket)) {
            bucket.delete(key);
        }
        return new Stored(List.of(), 0, "", 0);
    }

    private static List<String> keys(BlobWriter bucket) {
        List<String> keys = new ArrayList<>();
        for (BlobInfo info : bucket.list(BlobQuery.all()).objects()) {
            keys.add(info.key());
        }
        return keys;
    }

    /**
     * A sum that shows whether bytes are those that were sent, in their order.
     *
     * @param so over those before, 0 at first
     * @param bytes further bytes
     * @param count how many of them
     * @return the sum over all
     */
    static int sum(int so, byte[] bytes, int count) {
        int sum = so;
        for (int i = 0; i < count; i++) {
            sum = 31 * sum + bytes[i];
        }
        return sum;
    }
}
