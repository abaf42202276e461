package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.flowir.testing.KeptSurfaces.Surface;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Writes histories of this release that are not there yet, and changes none. No test run finds it
 * by its name; it is meant to be called: {@code mvn -pl testing -am test -Dtest=RecordHistories
 * -Dsurefire.failIfNoSpecifiedTests=false}. Call it when a surface is added, and when the version
 * in the root {@code pom.xml} is raised.
 */
class RecordHistories {

    @Test
    void writeThoseThatAreMissing() throws IOException {
        Path folder = KeptHistoriesTest.HISTORIES.resolve(KeptHistoriesTest.release());
        Files.createDirectories(folder);
        for (Surface surface : KeptSurfaces.all()) {
            Path file = folder.resolve(surface.name() + ".history");
            if (Files.notExists(file)) {
                String history = surface.record();
                assertFalse(history.isEmpty());
                Files.writeString(file, history);
            }
        }
    }
}
