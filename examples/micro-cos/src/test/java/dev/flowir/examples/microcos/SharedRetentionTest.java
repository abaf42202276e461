package dev.flowir.examples.microcos;

import dev.flowir.testing.SharedServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What moves to blobs, and replays from there, is the same where these are on S3. */
class SharedRetentionTest extends RetentionTest {

    private static SharedServers servers;

    @BeforeAll
    static void serve(@TempDir Path place) throws IOException {
        servers = SharedServers.start(place);
    }

    @AfterAll
    static void leave() {
        servers.close();
    }

    @Override
    Map<String, String> binding() throws IOException {
        return servers.variables();
    }
}
