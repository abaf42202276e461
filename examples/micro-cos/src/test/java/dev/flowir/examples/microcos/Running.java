package dev.flowir.examples.microcos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the application that runs in a folder of its own, fresh for each of them. */
abstract class Running {

    @TempDir Path data;
    Cos cos;

    /** What a deployment sets; nothing where it is one process. */
    Map<String, String> binding() throws IOException {
        return Map.of();
    }

    @BeforeEach
    final void start() throws Exception {
        cos = Cos.in(data, binding(), same -> same);
    }

    @AfterEach
    final void stop() throws Exception {
        cos.close();
    }
}
