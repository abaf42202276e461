package dev.flowir.examples.imagepipeline;

import dev.flowir.blob.BlobEvents;
import dev.flowir.blob.BlobReader;
import dev.flowir.blob.BlobStore;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.RemoteBlobs;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.util.function.Function;

/**
 * The bucket of pictures, wherever it is.
 *
 * @param provider what flows are bound to
 * @param reader reads outside of runs
 * @param writers writes for an attempt
 * @param events tells of what this process writes
 * @param settle looks what became of writes that were under way when the process before ended
 */
record Gallery(
        CapabilityProvider provider,
        BlobReader reader,
        Function<Scope, BlobWriter> writers,
        BlobEvents events,
        Runnable settle) {

    static Gallery of(BlobStore files) {
        return new Gallery(files, files.reader(), files::writer, files.events(), () -> {});
    }

    static Gallery of(RemoteBlobs shared) {
        return new Gallery(
                shared, shared.reader(), shared::writer, shared.events(), shared::settle);
    }

    BlobWriter writer(Scope scope) {
        return writers.apply(scope);
    }

    Descriptor descriptor() {
        return provider.descriptor();
    }
}
