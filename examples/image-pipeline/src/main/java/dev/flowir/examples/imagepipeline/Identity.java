package dev.flowir.examples.imagepipeline;

import dev.flowir.ir.FlowIds;
import java.util.List;

/** What makes two uploads the same work. */
enum Identity {
    /**
     * {@code (organizationId, key, eTag)}: equal bytes under one key are classified once. Of A, B,
     * A again the third is not classified: its row is there.
     */
    ETAG,
    /** {@code (organizationId, key, version)}: every upload is classified. */
    VERSION;

    /** Changes when ids are made in another way. */
    private static final String NAMING = "2";

    /** Id of the run for an upload, and of nothing else: letters, digits and a dash. */
    String of(String organizationId, String key, String eTag, String version) {
        String last =
                switch (this) {
                    case ETAG -> eTag;
                    case VERSION -> version;
                };
        StringBuilder parts = new StringBuilder();
        for (String part : List.of(organizationId, key, last)) {
            parts.append(part.length()).append(':').append(part);
        }
        return "image-" + FlowIds.flowId(parts.toString(), NAMING);
    }
}
