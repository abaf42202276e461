package dev.flowir.examples.tiletar;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobConditions;
import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobGet;
import dev.flowir.blob.BlobGrant;
import dev.flowir.blob.BlobReader;
import dev.flowir.blob.BlobSigning;
import dev.flowir.blob.GetOptions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * {@code /tiles?key=…&signature=…}: a tile for whoever has a link to it. The secret is made anew in
 * each process, so no link outlives it.
 */
final class LinkServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final int SECRET_BYTES = 32;

    private final transient BlobReader bucket;
    private final transient BlobSigning signing;

    /**
     * Serves what a bucket has.
     *
     * @param clock tells which links are over
     */
    LinkServlet(BlobReader bucket, InstantSource clock) {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        this.bucket = bucket;
        this.signing = BlobSigning.with(secret, clock);
    }

    /**
     * Signs links to it.
     *
     * @param at where it is served
     */
    Links at(URI at) {
        return (key, until) ->
                URI.create(
                        "%s?key=%s&signature=%s"
                                .formatted(
                                        at,
                                        URLEncoder.encode(key, StandardCharsets.UTF_8),
                                        signing.sign(grant(key, until))));
    }

    private static BlobGrant grant(String key, Instant until) {
        return BlobGrant.of(BlobGrant.Method.GET, TileFlow.BUCKET, key, until);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String key = said(request, "key");
        String signature = said(request, "signature");
        try {
            signing.verify(signature, BlobGrant.Method.GET, TileFlow.BUCKET, key);
            send(bucket.get(key, wanted(request)), response);
        } catch (BlobException refused) {
            response.sendError(refused.fault().status(), refused.fault().code());
        }
    }

    private static String said(HttpServletRequest request, String parameter) {
        return Optional.ofNullable(request.getParameter(parameter)).orElse("");
    }

    private static GetOptions wanted(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("If-Match"))
                .map(etag -> GetOptions.onlyIf(BlobConditions.ifMatch(etag.replace("\"", ""))))
                .orElse(GetOptions.none());
    }

    private static void send(BlobGet got, HttpServletResponse response) throws IOException {
        switch (got) {
            case BlobGet.Found(Blob tile) -> {
                try (tile) {
                    response.setContentType("application/octet-stream");
                    response.setContentLengthLong(tile.info().size());
                    tile.stream().transferTo(response.getOutputStream());
                }
            }
            case BlobGet.Missing() -> response.sendError(404, "no such tile");
            case BlobGet.Unmet unmet -> response.sendError(412, "another tile");
        }
    }
}
