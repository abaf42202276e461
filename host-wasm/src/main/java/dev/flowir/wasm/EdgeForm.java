package dev.flowir.wasm;

import dev.flowir.blob.BlobFiles;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.Blobs;
import dev.flowir.ir.WriteToken;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.FileSink;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.form.FormLimits;
import java.util.List;

/**
 * A route's form: where its files go, and its bounds. Immutable. Needs the module of blobs beside
 * this one.
 */
public final class EdgeForm {

    /**
     * {@link FormLimits#DEFAULT}, but for 8 forms at a time in an isolate, which has 128 MB of
     * memory for all that it does: each takes a part of 5 MiB.
     */
    public static final FormLimits LIMITS = FormLimits.DEFAULT.withAtOnce(8);

    /** The least that the platform takes of a file that has several parts. */
    private static final int PART_BYTES = 5 * 1024 * 1024;

    private final WriteToken<BlobWriter> bucket;
    private final String prefix;
    private final FormLimits limits;
    private final List<EdgeGuard> guards;

    private EdgeForm(
            WriteToken<BlobWriter> bucket,
            String prefix,
            FormLimits limits,
            List<EdgeGuard> guards) {
        this.bucket = bucket;
        this.prefix = prefix;
        this.limits = limits;
        this.guards = guards;
    }

    /**
     * A form whose files go into a bucket, each under a prefix and a random id.
     *
     * @param binding name of the bucket, as {@link EdgeBindings#blobs} was given it
     * @param prefix what all keys start with, for example {@code img/}; may be empty
     * @return the form, within {@link #LIMITS}
     */
    public static EdgeForm into(String binding, String prefix) {
        return new EdgeForm(Blobs.writer(binding), prefix, LIMITS, List.of());
    }

    /**
     * The same within other bounds.
     *
     * @param bounds all of them; {@link FormLimits#atOnce()} counts in one isolate
     * @return a further form
     */
    public EdgeForm limits(FormLimits bounds) {
        return new EdgeForm(bucket, prefix, bounds, guards);
    }

    /**
     * The same for requests that guards let pass, which they decide before any of it is read.
     *
     * @param all who are asked, in their order
     * @return a further form
     */
    public EdgeForm guarded(List<EdgeGuard> all) {
        return new EdgeForm(bucket, prefix, limits, List.copyOf(all));
    }

    WriteToken<BlobWriter> bucket() {
        return bucket;
    }

    FormLimits limits() {
        return limits;
    }

    List<EdgeGuard> guards() {
        return guards;
    }

    /** Who takes its files; the bucket is there. */
    FileSink files(Capabilities capabilities, Platform platform) {
        return BlobFiles.under(
                capabilities.find(bucket).orElseThrow().handle(bucket, Scope.outside("form")),
                prefix,
                PART_BYTES,
                () -> platform.uuid().replace("-", ""));
    }
}
