package dev.flowir.bindings;

import static dev.flowir.bindings.Samples.KEEPS;
import static dev.flowir.bindings.Samples.KINDS;
import static dev.flowir.bindings.Samples.READS;
import static dev.flowir.bindings.Samples.open;
import static dev.flowir.bindings.Samples.sqlite;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kv.KvNamespace;
import dev.flowir.kv.KvQuery;
import dev.flowir.kv.KvValue;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows on what their lock binds. */
class BindingsTest {

    @TempDir private Path folder;

    private static String run(Bindings bindings, Flow<String, String> flow, String input) {
        try (Runtime runtime =
                Runtime.builder()
                        .capabilities(bindings.capabilities(flow))
                        .hints(bindings.hints())
                        .build()) {
            Result<String> result = runtime.run(flow, input);
            return result instanceof Result.Value<String> value ? value.value() : result.toString();
        }
    }

    /** What stands in the store under a name. */
    private static List<String> entries(Store store) {
        KvNamespace names = KvNamespace.sqlite("names", store);
        return names.reader().list(KvQuery.all()).keys().stream()
                .map(key ->
                        key.name()
                                + "="
                                + names.reader().get(key.name()).map(KvValue::text).orElse(""))
                .toList();
    }

    private String memory() {
        return Samples.catalog("kv_memory", "kv.memory", "resource::kv", "resource::kv");
    }

    @Test
    void aFlowRunsOnMemoryAndOnAStoreAlike() {
        Path file = folder.resolve("shop.db");
        for (String catalog : List.of(memory(), sqlite(file, ""))) {
            try (Bindings bindings = open(catalog, Map.of(), KEEPS)) {
                assertEquals("of keeps", run(bindings, KEEPS, "ada"));
            }
        }
        try (Store store = Store.open(file, StoreOptions.defaults())) {
            assertEquals(List.of("ada=of keeps"), entries(store));
        }
    }

    @Test
    void flowsThatUseOneInstanceShareIt() {
        Flow<String, String> other = Samples.keeps("other");
        try (Bindings bindings = open(memory(), Map.of(), KEEPS, other, READS)) {
            assertEquals("of other", run(bindings, other, "ada"));
            assertEquals("of other", run(bindings, READS, "ada"));
            Capabilities both = bindings.capabilities(KEEPS, READS);
            assertEquals(1, both.providers().size());
        }
    }

    @Test
    void aStoreThatTheHostHasOpenIsLentAndNotClosed() {
        Path file = folder.resolve("shop.db");
        try (Store store = Store.open(file, StoreOptions.defaults())) {
            Path otherName = folder.resolve("x").resolve("..").resolve("shop.db");
            try (Bindings bindings =
                    open(sqlite(file, ""), Map.of(), KEEPS)
                            .lending(Store.class, otherName, store)) {
                assertEquals("of keeps", run(bindings, KEEPS, "ada"));
            }
            assertEquals(List.of("ada=of keeps"), entries(store));
        }
    }

    /** What one flow keeps is apart from what another does, without a word in their source. */
    @Test
    void anInstanceWithAPlaceForTheFlowIsOneForEach() {
        Flow<String, String> other = Samples.keeps("../other");
        String catalog = sqlite(folder.resolve("{flow}.db"), "");
        BindingsLock lock = Samples.lock(catalog, KEEPS, other);
        assertEquals(
                List.of("shop@..%2Fother", "shop@keeps"), List.copyOf(lock.instances().keySet()));
        try (Bindings bindings = open(catalog, Map.of(), KEEPS, other)) {
            assertEquals("of keeps", run(bindings, KEEPS, "ada"));
            assertEquals("of ../other", run(bindings, other, "ada"));
            BindingsException refusal =
                    assertThrows(
                            BindingsException.class, () -> bindings.capabilities(KEEPS, other));
            assertEquals(BindingsFault.BAD_USE, refusal.fault());
        }
        try (Store store = Store.open(folder.resolve("keeps.db"), StoreOptions.defaults())) {
            assertEquals(List.of("ada=of keeps"), entries(store));
        }
        String byId = sqlite(folder.resolve("{flow_id}.db"), "");
        assertTrue(
                Samples.lock(byId, KEEPS)
                        .instances()
                        .containsKey("shop@" + KEEPS.definition().id()));
    }

    @Test
    void whatIsMissingIsNamed() {
        try (Bindings bindings = open(memory(), Map.of(), KEEPS)) {
            BindingsException refusal =
                    assertThrows(BindingsException.class, () -> bindings.capabilities(READS));
            assertEquals(BindingsFault.NO_FLOW, refusal.fault());
        }
        Bindings closed = open(sqlite(folder.resolve("shop.db"), ""), Map.of(), KEEPS);
        closed.close();
        closed.close();
        assertThrows(IllegalStateException.class, () -> closed.capabilities(KEEPS));
    }

    /** The checker knows only those hints beside its own whose kinds are bound. */
    @Test
    void hintsAreThoseOfTheBoundKinds() {
        String rate = "resource::rate";
        assertTrue(HintTable.FULL.determinismMinimum(rate).isEmpty());
        try (Bindings bindings = open(memory(), Map.of(), KEEPS)) {
            assertTrue(bindings.hints().determinismMinimum(rate).isEmpty());
        }
        Instance limits =
                new Instance("l", "rate.memory", List.of(rate), Map.of(), Map.of(), List.of());
        HintTable known = KINDS.hints(HintTable.FULL, List.of(limits));
        assertTrue(known.determinismMinimum(rate).isPresent());
        assertTrue(known.isBindable(rate + "::take"));
    }
}
