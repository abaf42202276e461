package dev.flowir.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the contract's rules about places leave open: chance, bounds, and names. */
class KvSitesTest {

    private long nowMillis = 1_000_000;
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMillis);
    private final KvNamespace origin = KvNamespace.memory("kv", clock);

    private static Optional<String> text(KvReader kv, String key) {
        return kv.get(key).map(KvValue::text);
    }

    /** How many seconds a place goes on reading an old value, for 20 keys. */
    private List<Integer> staleSeconds(KvSites sites) {
        KvReader far = sites.at("far").reader();
        KvWriter here = origin.writer(Scope.outside("test"));
        for (int key = 0; key < 20; key++) {
            here.put("k" + key, KvValue.of("old"));
            assertEquals(Optional.of("old"), text(far, "k" + key));
            here.put("k" + key, KvValue.of("new"));
        }
        Integer[] freshAfter = new Integer[20];
        for (int second = 0; second <= 60; second++) {
            for (int key = 0; key < freshAfter.length; key++) {
                if (freshAfter[key] == null && text(far, "k" + key).equals(Optional.of("new"))) {
                    freshAfter[key] = second;
                }
            }
            nowMillis += 1000;
        }
        return Arrays.asList(freshAfter);
    }

    @Test
    void chanceIsRepeatedByItsSeedAndNeverExceedsTheMinute() {
        KvSites whole = KvSites.of(origin, clock);
        assertEquals(Collections.nCopies(20, 60), staleSeconds(whole));
        List<Integer> one = staleSeconds(whole.keepingByChance(1));
        assertFalse(one.contains(null), one.toString());
        assertEquals(one, staleSeconds(whole.keepingByChance(1)));
        assertNotEquals(one, staleSeconds(whole.keepingByChance(2)));
        assertTrue(one.stream().distinct().count() > 5, one.toString());
    }

    @Test
    void manyKeysPushOutOldAnswers() {
        KvReader far = KvSites.of(origin, clock).at("far").reader();
        assertEquals(Optional.empty(), text(far, "first"));
        origin.writer(Scope.outside("test")).put("first", KvValue.of("v"));
        assertEquals(Optional.empty(), text(far, "first"));
        for (int i = 0; i < 10_000; i++) {
            far.get("k" + i);
        }
        assertEquals(Optional.of("v"), text(far, "first"));
    }

    @Test
    void aPlaceHasTheBindingOfItsOriginAndPromisesLess() {
        KvSites sites = KvSites.of(origin, clock);
        KvNamespace far = sites.at("far");
        assertEquals("kv", far.binding());
        assertEquals("kv.site", far.kind());
        assertEquals(KvLimits.of(LimitProfile.CLOUDFLARE_PROD), far.limits());
        assertEquals(Descriptor.Consistency.EVENTUAL, far.descriptor().consistency());
        assertEquals(Set.of(), far.descriptor().extras());
        assertSame(far, sites.at("far"));
    }
}
