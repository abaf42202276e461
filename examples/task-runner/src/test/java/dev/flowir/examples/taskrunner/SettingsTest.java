package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Row 1.7: closed lists, and the environment in every resource name. */
class SettingsTest {

    @Test
    void row0107_theDefaultsAreThoseOfTheIntent() {
        Settings settings = Settings.defaults(Path.of("data"));
        assertEquals(Settings.StateStore.D1, settings.store());
        assertEquals(Settings.Engine.QUEUE, settings.engine());
        assertEquals(Settings.Environment.DEV, settings.environment());
        assertEquals(10, settings.batchSize());
        assertEquals(5, settings.maxRetries());
    }

    @Test
    void row0107_theEnvironmentIsInEveryName() {
        Settings settings = Settings.from(Map.of("ENV", "uat"));
        assertEquals("task-runner-uat", settings.service());
        assertEquals("task-runner-queue-uat", settings.queue());
        assertEquals("task-runner-dlq-uat", settings.deadLetterQueue());
        assertEquals("task-runner-db-uat", settings.database());
        assertEquals("task-runner-kv-uat", settings.namespace());
    }

    @Test
    void row0107_everyMistakeIsNamedWithItsOptions() {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                Settings.from(
                                        Map.of(
                                                "ENV", "test",
                                                "STATE_STORE", "redis",
                                                "PORT", "65536",
                                                "MAX_RETRIES", "many")));
        String text = refusal.getMessage();
        assertTrue(text.contains("ENV is 'test', options are: dev, stg, uat, prod"), text);
        assertTrue(
                text.contains("STATE_STORE is 'redis', options are: d1, kv, durable-object"), text);
        assertTrue(text.contains("PORT is 65536, allowed are 0 to 65535"), text);
        assertTrue(text.contains("MAX_RETRIES is 'many', which is no whole number"), text);
    }

    @Test
    void row0106_repeatsOfARunAreNoSetting() {
        assertEquals(
                Settings.Engine.WORKFLOW, Settings.from(Map.of("ENGINE", "workflow")).engine());
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Settings.from(Map.of("ENGINE", "workflow", "MAX_RETRIES", "3")));
        assertTrue(refusal.getMessage().contains("MAX_RETRIES is of ENGINE=queue"));
    }

    @Test
    void aServerIsSetByItsAddressAndItsLoginIsInNoText() {
        Settings settings =
                Settings.from(
                        Map.of(
                                "REDIS_URL", "redis://redis.internal:7000/2",
                                "REDIS_PASSWORD", "s3cret"));
        assertEquals(7000, settings.redis().orElseThrow().port());
        assertEquals(2, settings.redis().orElseThrow().database());
        assertEquals("default", settings.redis().orElseThrow().login().orElseThrow().user());
        assertFalse(settings.toString().contains("s3cret"));
        for (String wrong : new String[] {"http://h", "redis://me:s3cret@h", "redis://s3cret^"}) {
            IllegalArgumentException refusal =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> Settings.from(Map.of("REDIS_URL", wrong)));
            assertTrue(refusal.getMessage().contains("redis://host:6379/0"));
            assertFalse(refusal.getMessage().contains("s3cret"));
        }
    }

    @Test
    void limitsAreTakenOnBothSides() {
        assertEquals(Duration.ofSeconds(1), Settings.from(Map.of("LEASE_MS", "1000")).lease());
        assertThrows(
                IllegalArgumentException.class, () -> Settings.from(Map.of("LEASE_MS", "999")));
        assertEquals(Duration.ofMinutes(15), Settings.from(Map.of("LEASE_MS", "900000")).lease());
        assertThrows(
                IllegalArgumentException.class, () -> Settings.from(Map.of("LEASE_MS", "900001")));
        assertEquals(100, Settings.from(Map.of("BATCH_SIZE", "100")).batchSize());
        assertEquals(1, Settings.from(Map.of("BATCH_SIZE", "1")).batchSize());
        assertThrows(
                IllegalArgumentException.class, () -> Settings.from(Map.of("BATCH_SIZE", "101")));
        assertThrows(
                IllegalArgumentException.class, () -> Settings.from(Map.of("BATCH_SIZE", "0")));
        assertEquals(
                Duration.ofSeconds(60),
                Settings.from(Map.of("BATCH_TIMEOUT_MS", "60000")).batchTimeout());
        assertThrows(
                IllegalArgumentException.class,
                () -> Settings.from(Map.of("BATCH_TIMEOUT_MS", "60001")));
    }
}
