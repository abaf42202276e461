package dev.flowir.examples.microcos;

import dev.flowir.testing.SharedServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Flow B is the same where known offers, circuits and counts are on Redis. */
class SharedTravelTest extends TravelTest {

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
