package dev.flowir.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KvNamespaceTest {

    private static final Scope TEST = Scope.outside("test");

    @Test
    void tokensCarryHintsAndTheLeastEffects() {
        assertEquals(List.of("resource::kv::read"), Kv.reader("s").effectHints());
        assertEquals(List.of("resource::kv::write"), Kv.writer("s").effectHints());
        assertEquals(List.of("resource::kv"), Kv.reader("s").determinismHints());
        assertEquals(Effects.READ_ONLY, Kv.reader("s").effects());
        assertEquals(Effects.EFFECTFUL, Kv.writer("s").effects());
        assertEquals(Determinism.BEST_EFFORT, Kv.writer("s").determinism());
    }

    @Test
    void aReaderIsNoWriterInDisguise() {
        KvNamespace sessions = KvNamespace.memory("sessions");
        assertFalse(sessions.handle(Kv.reader("sessions"), TEST) instanceof KvWriter);
        assertInstanceOf(KvWriter.class, sessions.handle(Kv.writer("sessions"), TEST));
        assertInstanceOf(KvAtomicWriter.class, sessions.handle(Kv.atomicWriter("sessions"), TEST));
    }

    @Test
    void kv16_preflightRefusesABindingThatPromisesTooLittle() {
        var strong = Kv.reader("s").requiring(dev.flowir.ir.Guarantee.STRONG_CONSISTENCY);
        KvNamespace here = KvNamespace.memory("s");
        assertEquals(
                List.of(), Capabilities.of(here).missing(strong.effectHints(), List.of(strong)));
        assertEquals(
                List.of("resource::kv::read (kv.memory 's' lacks strong_consistency)"),
                Capabilities.of(here.promisingEventualOnly())
                        .missing(strong.effectHints(), List.of(strong)));
        assertEquals(
                List.of("resource::kv::write (kv.memory 's' lacks compare_and_set)"),
                Capabilities.of(here.promisingEventualOnly())
                        .missing(List.of(), List.of(Kv.atomicWriter("s"))));
    }

    @Test
    void aTransactionOfTheStoreCommitsWritesTogetherOrNotAtAll() {
        try (Store store = Store.inMemory(StoreOptions.defaults())) {
            KvAtomicWriter kv = KvNamespace.sqlite("s", store).writer(TEST);
            IllegalStateException thrown =
                    assertThrows(
                            IllegalStateException.class,
                            () ->
                                    store.execute(tx -> {
                                        kv.put("a", KvValue.of("1"));
                                        assertTrue(kv.get("a").isPresent());
                                        throw new IllegalStateException("undo");
                                    }));
            assertEquals("undo", thrown.getMessage());
            assertTrue(kv.get("a").isEmpty());
        }
    }

    @Test
    void expiredEntriesAreClearedAwayInBoundedSteps() {
        Instant[] now = {Instant.EPOCH};
        KvNamespace memory = KvNamespace.memory("s", () -> now[0]);
        clears(memory, now);
        now[0] = Instant.EPOCH;
        try (Store store = Store.inMemory(StoreOptions.defaults().withClock(() -> now[0]))) {
            clears(KvNamespace.sqlite("s", store), now);
        }
    }

    private static void clears(KvNamespace kv, Instant[] now) {
        KvAtomicWriter writer = kv.writer(TEST);
        for (int i = 0; i < 100; i++) {
            writer.put("k" + i, KvValue.of("v"), PutOptions.expiringAfter(Duration.ofSeconds(60)));
        }
        writer.put("stays", KvValue.of("v"));
        now[0] = now[0].plusSeconds(60);
        assertEquals(List.of("stays"), names(writer));
        assertEquals(10, kv.purgeExpired(10));
        writer.put("other", KvValue.of("v"));
        assertEquals(74, kv.purgeExpired(1000));
        assertEquals(0, kv.purgeExpired(1000));
        assertEquals(List.of("other", "stays"), names(writer));
    }

    private static List<String> names(KvReader reader) {
        return reader.list(KvQuery.all()).keys().stream().map(KvKey::name).toList();
    }
}
