package dev.flowir.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The numbers of the settings, on both sides of their bounds. */
class RedisSettingsTest {

    private static final RedisSettings SETTINGS = RedisSettings.at("redis.internal", 6379);

    private static void refused(Runnable making) {
        assertThrows(IllegalArgumentException.class, making::run);
    }

    @Test
    void whatIsNotToldIsAsThePageSays() {
        assertEquals(0, SETTINGS.database());
        assertEquals("flowir", SETTINGS.keyPrefix());
        assertEquals(Optional.empty(), SETTINGS.login());
        assertEquals(RedisTls.off(), SETTINGS.tls());
        assertEquals(new RedisBounds(10_000, 64 * 1024 * 1024), SETTINGS.bounds());
        assertEquals(
                new RedisPatience(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(10),
                        Duration.ofSeconds(5)),
                SETTINGS.patience());
    }

    @Test
    void anAddressSaysWhereAndHowAndHasNoSecret() {
        assertEquals(RedisSettings.at("h", 6379), RedisSettings.at(URI.create("redis://h")));
        assertEquals(RedisSettings.at("h", 6379), RedisSettings.at(URI.create("redis://h/")));
        assertEquals(
                RedisSettings.at("h", 7000).in(3).over(RedisTls.on()),
                RedisSettings.at(URI.create("rediss://h:7000/3")));
        for (String wrong :
                List.of(
                        "h:6379",
                        "http://h",
                        "redis:///1",
                        "redis://me:secret@h",
                        "redis://h/a",
                        "redis://h/1/2",
                        "redis://h?db=1",
                        "redis://h:0")) {
            refused(() -> RedisSettings.at(URI.create(wrong)));
        }
    }

    @Test
    void addressesAndPrefixesHaveBounds() {
        assertEquals(1, RedisSettings.at("h", 1).port());
        assertEquals(65_535, RedisSettings.at("h", 65_535).port());
        refused(() -> RedisSettings.at("h", 0));
        refused(() -> RedisSettings.at("h", 65_536));
        refused(() -> RedisSettings.at("", 6379));
        assertEquals(15, SETTINGS.in(15).database());
        refused(() -> SETTINGS.in(-1));
        assertEquals("a-B_9.", SETTINGS.prefixed("a-B_9.").keyPrefix());
        assertEquals(64, SETTINGS.prefixed("p".repeat(64)).keyPrefix().length());
        refused(() -> SETTINGS.prefixed("p".repeat(65)));
        refused(() -> SETTINGS.prefixed(""));
        refused(() -> SETTINGS.prefixed("a:b"));
    }

    @Test
    void timesAndBoundsArePositive() {
        RedisPatience usual = RedisPatience.defaults();
        Duration least = Duration.ofMillis(1);
        assertEquals(least, usual.answerWithin(least).answer());
        assertEquals(least, usual.connectWithin(least).connect());
        refused(() -> usual.answerWithin(Duration.ofNanos(999_999)));
        refused(() -> usual.connectWithin(Duration.ZERO));
        assertEquals(least, new RedisPatience(least, least, least, least).latest());
        refused(() -> new RedisPatience(least, least, Duration.ofMillis(2), least));
        assertEquals(1, new RedisBounds(1, 1).commands());
        refused(() -> new RedisBounds(0, 1));
        refused(() -> new RedisBounds(1, 0));
    }

    @Test
    void aLoginDoesNotTellItsPassword() {
        RedisLogin login = RedisLogin.password(() -> "open sesame");
        assertEquals("default", login.user());
        assertFalse(SETTINGS.as(login).toString().contains("sesame"));
    }
}
