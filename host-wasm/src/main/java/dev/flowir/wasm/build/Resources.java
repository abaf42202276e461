package dev.flowir.wasm.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Texts that this library carries. */
final class Resources {

    private Resources() {}

    static String text(String name) throws IOException, BuildException {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new BuildException("this library lacks its " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
