package dev.flowir.examples.imagepipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which kinds of pictures are taken, told by their first bytes and not by what anybody says. */
final class Pictures {

    /** Bytes that are looked at. */
    static final int HEAD = 12;

    private Pictures() {}

    /** The type of a picture that begins with these bytes; empty when it is none. */
    static Optional<String> typeOf(InputStream bytes) throws IOException {
        return typeOf(bytes.readNBytes(HEAD));
    }

    static Optional<String> typeOf(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of("image/png");
        }
        if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of("image/jpeg");
        }
        return Optional.empty();
    }
}
