package dev.flowir.wasm.guest;

import static dev.flowir.ir.NodeOption.timeout;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Node;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Run;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestLimitsTest {

    private static final GuestLimits LONG = GuestLimits.DEFAULT.withCpuTime(ofMinutes(10));

    private static final String HOSTILE =
            """
            export const loop = () => { for (;;) {} };
            export const bomb = () => { const kept = []; for (;;) kept.push(new Array(1000).fill(1)); };
            export const deep = text => deep(text) + 1;
            export const good = text => text;
            export const stubborn = () => { for (;;) { try { for (;;) {} } catch (e) {} finally { for (;;) {} } } };
            """;

    @Test
    void anEndlessLoopIsStoppedAndTheNextCallWorks() {
        try (GuestScene scene =
                GuestScene.javaScript(HOSTILE, GuestLimits.DEFAULT.withCpuTime(ofMillis(200)))) {
            for (String way : List.of("loop", "stubborn")) {
                GuestException stopped =
                        GuestScene.refused(GuestFault.OUT_OF_TIME, scene.run(way, ""));
                assertTrue(stopped.getMessage().contains("200 ms"), stopped::getMessage);
                assertEquals("x", scene.run("good", "x").orThrow());
            }
            assertEquals(2, scene.guest().stats().stopped());
            assertEquals(1, scene.guest().stats().contextsOpen());
        }
    }

    @Test
    void whoMakesTooMuchIsStopped() {
        try (GuestScene scene = GuestScene.javaScript(HOSTILE, LONG.withAllocatedBytes(64 << 20))) {
            GuestException stopped =
                    GuestScene.refused(GuestFault.OUT_OF_MEMORY, scene.run("bomb", ""));
            assertFalse(stopped.isRetriable());
            assertEquals("x", scene.run("good", "x").orThrow());
        }
    }

    @Test
    void aStackThatOverflowsIsAFailureOfTheCall() {
        try (GuestScene scene = GuestScene.javaScript(HOSTILE)) {
            GuestScene.refused(GuestFault.THREW, scene.run("deep", ""));
            assertEquals("x", scene.run("good", "x").orThrow());
        }
    }

    /** No function of it returns, and none has a loop: each ends by an exception. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "const f = n => { if (n > 40) throw 1; try { f(n + 1); } catch (e) { f(n + 1); } }",
                "const f = () => { try { f(); } catch (e) { f(); } }",
                "const f = () => { try { f(); } catch (e) { f(); f(); } finally { f(); } }",
                "const f = () => { try { -(-(-(-(-(-(-(-[f()].map(f)))))))); } catch (e) { f(); } }",
                "const f = () => { try { [[[[[[[[[[[[[[[[f()]]]]]]]]]]]]]]]]; } catch (e) { f(); f(); } }",
                "const f = () => { try { [1].map(f); } catch (e) { [1].sort(f); JSON.stringify({toJSON: f}); } }",
            })
    void codeThatEndsByExceptionsAloneIsStoppedToo(String function) throws InterruptedException {
        String code =
                HOSTILE + "export const climb = () => { " + function + "; f(0); return ''; };";
        try (GuestScene scene =
                GuestScene.javaScript(
                        code,
                        GuestLimits.DEFAULT
                                .withCpuTime(ofMillis(200))
                                .withAllocatedBytes(64L << 30))) {
            GuestScene.refused(GuestFault.OUT_OF_TIME, scene.run("climb", ""));
            assertEquals("x", scene.run("good", "x").orThrow());
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread instanceof GuestThread guest && guest.isStopped()) {
                    guest.join(60_000);
                    assertFalse(guest.isAlive(), "it still runs");
                }
            }
        }
    }

    @Test
    void functionsMayBeInEachOtherToABound() {
        String code =
                """
                const nested = n => n > 1 ? nested(n - 1) + 1 : 1;
                export const calls = n => String(nested(Number(n)));
                """;
        try (GuestScene scene = GuestScene.javaScript(code)) {
            int inside = GuestThread.DEEPEST - 2; // within calls, and what calls it
            assertEquals("" + inside, scene.run("calls", "" + inside).orThrow());
            GuestException refused =
                    GuestScene.refused(GuestFault.THREW, scene.run("calls", "" + (inside + 1)));
            assertTrue(refused.getMessage().contains("more than 1000 deep"), refused::getMessage);
        }
    }

    @Test
    void aTimeoutOfTheNodeStopsTheGuest() {
        try (GuestScene scene = GuestScene.javaScript(HOSTILE, LONG)) {
            Node<String, String> loop =
                    scene.guest()
                            .pure("loop", String.class, String.class)
                            .with(timeout(ofMillis(50)));

            assertInstanceOf(
                    Failure.NodeTimedOut.class,
                    assertInstanceOf(Result.Failed.class, scene.run(loop, "")).failure());
            scene.guest().close(); // waits for what it stops
            assertEquals(0, scene.guest().stats().contextsOpen());
        }
    }

    @Test
    void oneCallSeesNothingOfAnotherWhenContextsServeOnlyOne() {
        String counting = "let calls = 0; export const count = () => String(++calls);";
        try (GuestScene once =
                        GuestScene.javaScript(
                                counting, GuestLimits.DEFAULT.withCallsPerContext(1));
                GuestScene twice =
                        GuestScene.javaScript(
                                counting, GuestLimits.DEFAULT.withCallsPerContext(2))) {
            assertEquals(List.of("1", "1", "1"), three(once));
            assertEquals(List.of("1", "2", "1"), three(twice));
        }
    }

    private static List<String> three(GuestScene scene) {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            answers.add(scene.run("count", "").orThrow());
        }
        return answers;
    }

    @Test
    void noMoreRunAtOnceThanThereAreContexts() throws InterruptedException {
        try (GuestScene scene =
                GuestScene.javaScript(HOSTILE, GuestLimits.DEFAULT.withContexts(2))) {
            Node<String, String> good = scene.guest().pure("good", String.class, String.class);
            List<Run<String>> runs = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                runs.add(scene.runtime().start(GuestScene.one(good), Invocation.of("" + i)));
            }
            for (int i = 0; i < 64; i++) {
                assertEquals("" + i, runs.get(i).await().orThrow());
            }
            assertTrue(scene.guest().stats().contextsMade() <= 2);
            assertEquals(64, scene.guest().stats().calls());
        }
    }

    @Test
    void messagesHaveABound() {
        try (GuestScene scene =
                GuestScene.javaScript(
                        "export const echo = text => text, twice = text => text + text;",
                        GuestLimits.DEFAULT.withMessageBytes(1024))) {
            String most = "x".repeat(1022); // and two quotes
            assertEquals(most, scene.run("echo", most).orThrow());
            GuestScene.refused(GuestFault.TOO_LARGE, scene.run("echo", most + "x"));
            GuestScene.refused(GuestFault.TOO_LARGE, scene.run("twice", "x".repeat(512)));
        }
    }

    @Test
    void aClosedGuestRefuses() {
        try (GuestScene scene = GuestScene.javaScript(HOSTILE)) {
            Node<String, String> good = scene.guest().pure("good", String.class, String.class);
            assertEquals("x", scene.run(good, "x").orThrow());
            scene.guest().close();
            GuestScene.refused(GuestFault.CLOSED, scene.run(good, "x"));
            scene.guest().close(); // once more is no harm
        }
    }

    @Test
    void eachLimitHasItsBounds() {
        GuestLimits limits = GuestLimits.DEFAULT;
        limits.withCpuTime(ofMillis(1)).withCpuTime(ofMinutes(10));
        refused(() -> limits.withCpuTime(ofMillis(1).minusNanos(1)));
        refused(() -> limits.withCpuTime(ofMinutes(10).plus(ofSeconds(1))));
        limits.withAllocatedBytes(1 << 20).withAllocatedBytes(64L << 30);
        refused(() -> limits.withAllocatedBytes((1 << 20) - 1));
        refused(() -> limits.withAllocatedBytes((64L << 30) + 1));
        limits.withMessageBytes(1 << 10).withMessageBytes(1 << 30);
        refused(() -> limits.withMessageBytes((1 << 10) - 1));
        refused(() -> limits.withMessageBytes((1 << 30) + 1));
        limits.withContexts(1).withContexts(1024);
        refused(() -> limits.withContexts(0));
        refused(() -> limits.withContexts(1025));
        limits.withCallsPerContext(1).withCallsPerContext(1_000_000);
        refused(() -> limits.withCallsPerContext(0));
        refused(() -> limits.withCallsPerContext(1_000_001));
    }

    private static void refused(org.junit.jupiter.api.function.Executable made) {
        assertEquals(GuestFault.BAD_LIMIT, assertThrows(GuestException.class, made).fault());
    }
}
