package dev.flowir.bindings;

import static dev.flowir.bindings.Samples.KEEPS;
import static dev.flowir.bindings.Samples.NAMES;
import static dev.flowir.bindings.Samples.open;
import static dev.flowir.bindings.Samples.sqlite;
import static dev.flowir.bindings.WrappedKvTest.PREFIX;
import static dev.flowir.bindings.WrappedKvTest.SEALED;
import static dev.flowir.bindings.WrappedKvTest.SECRETS;
import static dev.flowir.bindings.WrappedKvTest.wrapped;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvAtomicWriter;
import dev.flowir.kv.KvException;
import dev.flowir.kv.KvFault;
import dev.flowir.kv.KvNamespace;
import dev.flowir.kv.KvQuery;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.kv.PutOptions;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a store behind wrappers, and what becomes of it when keys change. */
class IsolationTest {

    private static final String PREFIXED =
            "{\"kind\": \"prefix_keys\", \"config\": {\"prefix\": \"north/\"}}";
    private static final String HASHED =
            "{\"kind\": \"hmac_keys\", \"config\": {\"key\": \"keys\"}}";

    @TempDir private Path folder;

    private static String sealed(String current, String keys) {
        return "{\"kind\": \"encrypted_values\", \"config\": {\"current\": \"%s\", \"keys\": {%s}}}"
                .formatted(current, keys);
    }

    private Bindings bindings(String isolation) {
        return open(sqlite(folder.resolve("shop.db"), isolation), SECRETS, KEEPS);
    }

    private static KvAtomicWriter writer(Bindings bindings) {
        return writer(bindings.capabilities(KEEPS).find(NAMES).orElseThrow());
    }

    private static KvAtomicWriter writer(CapabilityProvider provider) {
        return (KvAtomicWriter) provider.handle(NAMES, Scope.outside("test"));
    }

    /** What stands in the store under a name, seen without any wrapper. */
    private List<String> plain() {
        try (Store store = Store.open(folder.resolve("shop.db"), StoreOptions.defaults())) {
            var reader = KvNamespace.sqlite("names", store).reader();
            return reader.list(KvQuery.all()).keys().stream()
                    .map(key -> key.name() + "=" + reader.get(key.name()).orElseThrow().text())
                    .toList();
        }
    }

    @Test
    void prefixesStayOutOfSight() {
        try (Bindings bindings = bindings(PREFIXED)) {
            KvAtomicWriter kv = writer(bindings);
            kv.put("ada", KvValue.of("1"));
            kv.put("bob", KvValue.of("2"));
            assertEquals(
                    List.of("ada", "bob"),
                    kv.list(KvQuery.all()).keys().stream().map(key -> key.name()).toList());
            kv.delete("bob");
        }
        assertEquals(List.of("north/ada=1"), plain());
    }

    /** Two of one store do not see each other, whatever cursors they exchange. */
    @Test
    void prefixesKeepEntriesApart() {
        String south = PREFIXED.replace("north", "south");
        String cursor;
        try (Bindings bindings = bindings(PREFIXED)) {
            KvAtomicWriter kv = writer(bindings);
            kv.put("ada", KvValue.of("1"));
            kv.put("bob", KvValue.of("2"));
            cursor = kv.list(KvQuery.all().limit(1)).cursor().orElseThrow();
        }
        try (Bindings bindings = bindings(south)) {
            KvAtomicWriter kv = writer(bindings);
            assertTrue(kv.get("ada").isEmpty());
            assertTrue(kv.list(KvQuery.all()).keys().isEmpty());
            KvException refused =
                    assertThrows(KvException.class, () -> kv.list(KvQuery.all().after(cursor)));
            assertEquals(KvFault.BAD_CURSOR, refused.fault());
        }
    }

    @Test
    void keysAreHashedAndCannotBeListed() {
        try (Bindings bindings = bindings(HASHED)) {
            KvAtomicWriter kv = writer(bindings);
            kv.put("ada", KvValue.of("1"));
            assertEquals("1", kv.get("ada").orElseThrow().text());
            KvException refusal = assertThrows(KvException.class, () -> kv.list(KvQuery.all()));
            assertEquals(KvFault.NOT_LISTED, refusal.fault());
        }
        assertEquals(1, plain().size());
        assertFalse(plain().get(0).contains("ada"));
    }

    @Test
    void valuesAreEncryptedAndTheirKeysChange() {
        try (Bindings bindings = bindings(sealed("k1", "\"k1\": \"first\""))) {
            KvAtomicWriter kv = writer(bindings);
            kv.put("ada", KvValue.of("plain text"));
        }
        assertFalse(plain().get(0).contains("text"));
        String both = "\"k1\": \"first\", \"k2\": \"second\"";
        try (Bindings bindings = bindings(sealed("k2", both))) {
            KvAtomicWriter kv = writer(bindings);
            assertEquals("plain text", kv.get("ada").orElseThrow().text());
            assertTrue(
                    kv.compareAndSet(
                            "ada", KvValue.of("plain text"), KvValue.of("new"), PutOptions.none()));
        }
        try (Bindings bindings = bindings(sealed("k2", "\"k2\": \"second\""))) {
            assertEquals("new", writer(bindings).get("ada").orElseThrow().text());
        }
        try (Bindings bindings = bindings(sealed("k1", "\"k1\": \"first\""))) {
            KvAtomicWriter kv = writer(bindings);
            KvException refusal = assertThrows(KvException.class, () -> kv.get("ada"));
            assertEquals(KvFault.SEALED, refusal.fault());
        }
    }

    /** A value that is not where it was written, or not as it was, is no value. */
    @Test
    void sealedValuesAreBoundToTheirPlaceAndForm() {
        KvNamespace inner = KvNamespace.memory("names");
        KvWriter raw = inner.writer(Scope.outside("thief"));
        KvAtomicWriter kv = writer(wrapped(inner, List.of(SEALED)));
        kv.put("ada", KvValue.of("1"));
        KvValue sealed = raw.get("ada").orElseThrow();
        byte[] changed = sealed.bytes().clone();
        changed[changed.length - 1] ^= 1;
        raw.put("moved", sealed);
        raw.put("changed", KvValue.of(changed));
        raw.put("plain", KvValue.of("1"));
        raw.put("empty", KvValue.of(""));
        for (String key : List.of("moved", "changed", "plain", "empty")) {
            KvException refusal = assertThrows(KvException.class, () -> kv.get(key), key);
            assertEquals(KvFault.SEALED, refusal.fault(), key);
        }
        assertFalse(sealed.equals(raw.get("moved").map(it -> kv.get("ada").orElseThrow()).get()));
    }

    /** What is written passes through the first wrapper first. */
    @Test
    void wrappersStandInOrder() {
        try (Bindings bindings = bindings(HASHED + "," + PREFIXED)) {
            writer(bindings).put("ada", KvValue.of("1"));
        }
        String name = plain().get(0);
        assertTrue(name.startsWith("north/"), name);
        assertFalse(name.contains("ada"), name);
    }

    @Test
    void aSecretThatIsNoKeyIsRefusedAndNotRepeated() {
        for (String isolation :
                List.of(
                        sealed("k1", "\"k1\": \"short\""),
                        sealed("k9", "\"k1\": \"first\""),
                        HASHED.replace("keys\"}", "short\"}"))) {
            try (Bindings bindings = bindings(isolation)) {
                BindingsException refused =
                        assertThrows(BindingsException.class, () -> bindings.capabilities(KEEPS));
                assertEquals(BindingsFault.BAD_SETTING, refused.fault(), refused::getMessage);
                assertFalse(String.valueOf(refused.getMessage()).contains("hunter2"));
            }
        }
        try (Bindings bindings = bindings(sealed("k1", "\"k1\": \"nobody-has-this\""))) {
            BindingsException refused =
                    assertThrows(BindingsException.class, () -> bindings.capabilities(KEEPS));
            assertEquals(BindingsFault.NO_SECRET, refused.fault());
        }
    }

    /** Wrapped writes are part of the store's transaction, as they are without wrappers. */
    @Test
    void wrappedWritesCommitWithTheStore() {
        try (Store store = Store.inMemory(StoreOptions.defaults())) {
            CapabilityProvider provider =
                    wrapped(KvNamespace.sqlite("names", store), List.of(SEALED, PREFIX));
            assertTrue(provider.commitsWith(store));
            KvAtomicWriter kv = writer(provider);
            assertThrows(
                    IllegalStateException.class,
                    () ->
                            store.write(tx -> {
                                kv.put("ada", KvValue.of("1"));
                                throw new IllegalStateException("undone");
                            }));
            assertTrue(kv.get("ada").isEmpty());
        }
    }

    /** One value has many sealed forms: who writes the same again does not make a set fail. */
    @Test
    void aSetHoldsWhereTheSameValueWasWrittenMeanwhile() {
        KvNamespace inner = KvNamespace.memory("names");
        KvAtomicWriter other = writer(wrapped(inner, List.of(SEALED)));
        AtomicBoolean met = new AtomicBoolean();
        CapabilityProvider meddling =
                new Meddling(
                        inner,
                        () -> {
                            if (!met.getAndSet(true)) {
                                other.put("ada", KvValue.of("1"));
                            }
                        });
        KvAtomicWriter kv = writer(wrapped(meddling, List.of(SEALED)));
        other.put("ada", KvValue.of("1"));
        assertTrue(kv.compareAndSet("ada", KvValue.of("1"), KvValue.of("2"), PutOptions.none()));
        assertTrue(met.get());
        assertEquals("2", other.get("ada").orElseThrow().text());
    }

    /** Does something just before each conditional write. */
    private record Meddling(KvNamespace inner, Runnable before) implements CapabilityProvider {

        @Override
        public String kind() {
            return inner.kind();
        }

        @Override
        public String binding() {
            return inner.binding();
        }

        @Override
        public Set<String> hints() {
            return inner.hints();
        }

        @Override
        public Descriptor descriptor() {
            return inner.descriptor();
        }

        @Override
        public <H> H handle(Token<H> token, Scope scope) {
            KvAtomicWriter writer = inner.writer(scope);
            return token.handle()
                    .cast(
                            Proxy.newProxyInstance(
                                    KvAtomicWriter.class.getClassLoader(),
                                    new Class<?>[] {KvAtomicWriter.class},
                                    (proxy, method, arguments) -> {
                                        if (method.getName().equals("compareAndSet")) {
                                            before.run();
                                        }
                                        try {
                                            return method.invoke(writer, arguments);
                                        } catch (InvocationTargetException e) {
                                            throw e.getCause();
                                        }
                                    }));
        }
    }
}
