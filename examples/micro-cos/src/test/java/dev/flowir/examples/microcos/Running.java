package dev.flowir.examples.microcos;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the application that runs in a folder of its own, fresh for each of them. */
abstract class Running {

    @TempDir Path data;
    Cos cos;

    @BeforeEach
    final void start() throws Exception {
        cos = Cos.in(data);
    }

    @AfterEach
    final void stop() throws Exception {
        cos.close();
    }
}
