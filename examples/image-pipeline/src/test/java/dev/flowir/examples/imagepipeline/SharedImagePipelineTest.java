package dev.flowir.examples.imagepipeline;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.testing.SharedServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see is the same where pictures are on S3, and queue and pace on Redis. */
class SharedImagePipelineTest extends ImagePipelineTest {

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
        return Bench.shared(servers);
    }

    @Test
    void aQueueThatIsSharedNeedsPicturesThatAre() {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Settings.from(Map.of("REDIS_URL", "redis://localhost")));
        assertTrue(refusal.getMessage().contains("S3_URL"));
    }

    @Test
    void secretsAreInNoTextOfSettings() {
        Settings settings =
                Settings.from(
                        Map.of(
                                "REDIS_URL", "redis://localhost",
                                "REDIS_PASSWORD", "s3cret-redis",
                                "S3_URL", "http://localhost:9000",
                                "S3_KEY_ID", "id",
                                "S3_SECRET", "s3cret-bucket"));
        assertFalse(settings.toString().contains("s3cret"), settings.toString());
        for (String key : new String[] {"REDIS_URL", "S3_URL"}) {
            IllegalArgumentException refusal =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> Settings.from(Map.of(key, "x://me:s3cret@h^")));
            assertFalse(refusal.toString().contains("s3cret@h"), refusal.toString());
        }
    }
}
