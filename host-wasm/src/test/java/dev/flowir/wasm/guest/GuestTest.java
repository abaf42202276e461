package dev.flowir.wasm.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.check.Checker;
import dev.flowir.kernel.cap.CapabilityModule;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvException;
import dev.flowir.kv.KvReader;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestTest {

    record Order(String sku, int pieces) {}

    record Price(long cents) {}

    private static final GuestPort<KvReader, ReadToken<KvReader>> PRICES =
            GuestPort.of(Kv.reader("prices"))
                    .method(
                            "get",
                            (kv, arguments) ->
                                    kv.get(text(arguments))
                                            .<JsonValue>map(v -> new JsonValue.Text(v.text()))
                                            .orElseGet(JsonValue.Null::new));

    private static String text(List<JsonValue> arguments) {
        return ((JsonValue.Text) arguments.getFirst()).value();
    }

    @Test
    void aFunctionIsANode() {
        try (GuestScene scene =
                GuestScene.javaScript(
                        "export const total = order => ({ cents: order.pieces * 250 });")) {
            Node<Order, Price> total = scene.guest().pure("total", Order.class, Price.class);

            assertEquals(new Price(500), scene.run(total, new Order("tea", 2)).orThrow());
        }
    }

    @Test
    void whatANodeDeclaresFollowsFromItsPorts() {
        try (GuestScene scene =
                GuestScene.javaScript("export function f(order, prices) { return order; }")) {
            Guest guest = scene.guest();
            GuestPort<KvWriter, ?> writer = GuestPort.of(Kv.writer("prices"));
            assertEquals(Effects.PURE, effects(guest.pure("f", Order.class, Order.class)));
            assertEquals(
                    Effects.READ_ONLY, effects(guest.reads("f", Order.class, Order.class, PRICES)));
            assertEquals(
                    Effects.EFFECTFUL,
                    effects(guest.effect("f", Order.class, Order.class, writer)));
            assertEquals(
                    Effects.EFFECTFUL,
                    effects(guest.effect("f", Order.class, Order.class, PRICES, writer)));
            assertEquals(
                    Determinism.STRICT,
                    node(guest.pure("f", Order.class, Order.class)).determinism());
        }
    }

    private static Effects effects(Node<?, ?> node) {
        Flow<?, ?> flow = GuestScene.one(node);
        HintTable hints = CapabilityModule.hints(HintTable.FULL, GuestTest.class.getClassLoader());
        assertEquals(List.of(), Checker.check(flow.definition(), hints));
        return node(node).effects();
    }

    private static dev.flowir.ir.NodeDefinition node(Node<?, ?> node) {
        return GuestScene.one(node).definition().nodes().getLast();
    }

    @Test
    void aPortGivesWhatItsMethodsGiveAndNothingElse() {
        try (GuestScene scene =
                GuestScene.javaScript(
                        """
                        export const total = (order, prices) => ({ cents: order.pieces * Number(prices.get(order.sku)) });
                        export const methods = (order, prices) => Object.getOwnPropertyNames(prices).join();
                        export const put = (order, prices) => prices.put('tea', '1');
                        """)) {
            Guest guest = scene.guest();
            Order order = new Order("tea", 3);

            assertEquals(
                    new Price(750),
                    scene.run(guest.reads("total", Order.class, Price.class, PRICES), order)
                            .orThrow());
            assertEquals(
                    "get",
                    scene.run(guest.reads("methods", Order.class, String.class, PRICES), order)
                            .orThrow());
            GuestScene.refused(
                    GuestFault.THREW,
                    scene.run(guest.reads("put", Order.class, String.class, PRICES), order));
        }
    }

    @Test
    void whatAPortThrowsFailsTheAttemptUnlessTheGuestCatchesIt() {
        try (GuestScene scene =
                GuestScene.javaScript(
                        """
                        export const raw = (key, prices) => prices.get(key);
                        export const careful = (key, prices) => { try { return prices.get(key); } catch (e) { return 'caught'; } };
                        """)) {
            Guest guest = scene.guest();
            var raw = scene.run(guest.reads("raw", String.class, String.class, PRICES), "");
            var failure = (dev.flowir.kernel.Result.Failed<String>) raw;
            assertTrue(failure.failure().message().contains("KV"), failure.failure()::message);
            assertThrows(KvException.class, () -> rethrow(failure));

            assertEquals(
                    "caught",
                    scene.run(guest.reads("careful", String.class, String.class, PRICES), "")
                            .orThrow());
        }
    }

    private static void rethrow(dev.flowir.kernel.Result.Failed<?> failed) throws Throwable {
        throw ((dev.flowir.kernel.Failure.NodeFailed) failed.failure()).cause();
    }

    @Test
    void twoPortsAreTheSecondAndThirdArgument() {
        GuestPort<KvWriter, ?> writer =
                GuestPort.of(Kv.writer("prices"))
                        .method(
                                "put",
                                (kv, arguments) -> {
                                    kv.put(text(arguments), KvValue.of("1"));
                                    return new JsonValue.Null();
                                });
        try (GuestScene scene =
                GuestScene.javaScript(
                        "export const set = (key, read, write) => { write.put(key); return"
                                + " read.get(key); };")) {
            assertEquals(
                    "1",
                    scene.run(
                                    scene.guest()
                                            .effect(
                                                    "set",
                                                    String.class,
                                                    String.class,
                                                    PRICES,
                                                    writer),
                                    "milk")
                            .orThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "typeof Java",
                "typeof Polyglot",
                "typeof Graal",
                "typeof load",
                "typeof print",
                "typeof console",
                "typeof require",
                "typeof process",
                "typeof fetch",
                "typeof setTimeout",
                "typeof Intl",
                "typeof Atomics",
                "typeof SharedArrayBuffer",
                "typeof WeakRef",
                "typeof WebAssembly"
            })
    void nothingOfTheHostIsThere(String asked) {
        try (GuestScene scene = GuestScene.javaScript("export const f = () => " + asked + ";")) {
            assertEquals("undefined", scene.run("f", "").orThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Math.random()",
                "Date.now()",
                "new Date()",
                "Date()",
                "Object.getPrototypeOf(Date).now()",
                "new (new Date(0).constructor)()",
                "Reflect.construct(Date, [])",
                "eval('1')",
                "new Function('return 1')()",
                "(() => {}).constructor('return 1')()",
                "({}).constructor.constructor('return this')()"
            })
    void whatDiffersEachTimeOrIsMadeFromTextIsRefused(String asked) {
        try (GuestScene scene =
                GuestScene.javaScript("export const f = () => `${" + asked + "}`;")) {
            GuestScene.refused(GuestFault.THREW, scene.run("f", ""));
        }
    }

    /** One power of two of them takes minutes in a single step, which no watch can stop. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BigInt(3)",
                "new BigInt64Array(1)[0]",
                "new DataView(new ArrayBuffer(8)).getBigInt64(0)",
                "new DataView(new ArrayBuffer(8)).getBigUint64(0)"
            })
    void wholeNumbersOfAnySizeAreNotThere(String asked) {
        try (GuestScene scene =
                GuestScene.javaScript("export const f = () => `${" + asked + "}`;")) {
            GuestScene.refused(GuestFault.THREW, scene.run("f", ""));
        }
    }

    @Test
    void theirLiteralsAreNoModule() {
        GuestException refused =
                assertThrows(
                        GuestException.class,
                        () -> GuestScene.javaScript("export const f = () => 3n ** (2n ** 26n);"));
        assertTrue(refused.getMessage().contains("GUEST101"), refused::getMessage);
    }

    @Test
    void datesThatSayTheirMomentWork() {
        try (GuestScene scene =
                GuestScene.javaScript(
                        "export const f = text => { const d = new Date(text); return d instanceof"
                                + " Date ? d.toISOString() : 'none'; };")) {
            assertEquals(
                    "2026-11-21T00:00:00.000Z", scene.run("f", "2026-11-21T00:00:00Z").orThrow());
        }
    }

    @Test
    void whatThrowsTellsItsPlace() {
        try (GuestScene scene =
                GuestScene.javaScript(
                        "export const f = text => {\n  throw new RangeError('no ' + text);\n};")) {
            GuestException refused = GuestScene.refused(GuestFault.THREW, scene.run("f", "tea"));

            assertTrue(refused.getMessage().contains("RangeError: no tea"), refused::getMessage);
            assertTrue(refused.getMessage().contains("prices.mjs:2"), refused::getMessage);
            assertTrue(refused.isRetriable());
        }
    }

    @Test
    void answersAreOfTheTypeThatWasAgreed() {
        try (GuestScene scene =
                GuestScene.javaScript(
                        """
                        export const wrong = () => ({ pence: 1 });
                        export const nothing = () => undefined;
                        export const later = async () => 'x';
                        export const circle = () => { const a = []; a.push(a); return a; };
                        """)) {
            Guest guest = scene.guest();
            GuestException wrong =
                    GuestScene.refused(
                            GuestFault.BAD_ANSWER,
                            scene.run(guest.pure("wrong", String.class, Price.class), ""));
            assertTrue(wrong.getMessage().contains("/cents"), wrong::getMessage);
            GuestScene.refused(GuestFault.BAD_ANSWER, scene.run("nothing", ""));
            GuestException later = GuestScene.refused(GuestFault.THREW, scene.run("later", ""));
            assertTrue(later.getMessage().contains("promise"), later::getMessage);
            GuestScene.refused(GuestFault.THREW, scene.run("circle", ""));
        }
    }

    @Test
    void whatIsNoModuleIsRefusedWithItsPlace() {
        GuestException refused =
                assertThrows(
                        GuestException.class,
                        () -> GuestScene.javaScript("export const f =\n  => 1;").close());

        assertEquals(GuestFault.NOT_LOADED, refused.fault());
        assertTrue(refused.getMessage().contains("prices.mjs:2"), refused::getMessage);
        assertEquals(
                GuestFault.NOT_LOADED,
                assertThrows(
                                GuestException.class,
                                () ->
                                        GuestScene.javaScript(
                                                        "import fs from 'fs'; export const f = 1;")
                                                .close())
                        .fault());
    }

    @Test
    void aFunctionThatIsNotExportedIsRefusedWithThoseThatAre() {
        try (GuestScene scene =
                GuestScene.javaScript(
                        "export const b = () => 1, a = () => 1, notOne = 3; function hidden() {}")) {
            GuestException refused =
                    assertThrows(
                            GuestException.class,
                            () -> scene.guest().pure("hidden", String.class, String.class));
            assertEquals(GuestFault.NO_FUNCTION, refused.fault());
            assertTrue(refused.getMessage().contains("[a, b]"), refused::getMessage);
        }
    }
}
