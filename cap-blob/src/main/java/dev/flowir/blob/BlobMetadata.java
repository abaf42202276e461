package dev.flowir.blob;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a writer keeps with an object.
 *
 * @param http headers for whoever serves it over HTTP
 * @param custom texts of the application; names and values together at most {@link
 *     BlobLimits#maxMetadataBytes()} in UTF-8, 2048 on Cloudflare
 */
public record BlobMetadata(HttpMetadata http, Map<String, String> custom) {

    private static final BlobMetadata NONE = new BlobMetadata(HttpMetadata.none(), Map.of());

    /** Copies the map. */
    public BlobMetadata {
        custom = Map.copyOf(custom);
    }

    /** {@return no metadata} */
    public static BlobMetadata none() {
        return NONE;
    }

    /**
     * A content type and nothing else.
     *
     * @param contentType for example {@code image/png}
     * @return the metadata
     */
    public static BlobMetadata type(String contentType) {
        return new BlobMetadata(HttpMetadata.none().contentType(contentType), Map.of());
    }

    /**
     * The same with a text of the application.
     *
     * @param name its name
     * @param value its value
     * @return the metadata with it
     */
    public BlobMetadata with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(custom);
        more.put(name, value);
        return new BlobMetadata(http, more);
    }
}
