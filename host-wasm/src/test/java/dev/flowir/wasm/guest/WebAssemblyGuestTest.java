package dev.flowir.wasm.guest;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.JsonValue;
import dev.flowir.kv.Kv;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebAssemblyGuestTest {

    @Test
    void aFunctionIsANode() {
        try (GuestScene scene = GuestScene.webAssembly(GuestLimits.DEFAULT)) {
            assertEquals("tea ☕", scene.run("echo", "tea ☕").orThrow());
            assertEquals("", scene.run("echo", "").orThrow());
        }
    }

    @Test
    void anImportIsAMethodOfAPort() {
        var first =
                GuestPort.of(Kv.reader("prices"))
                        .method(
                                "get",
                                (kv, arguments) ->
                                        new JsonValue.Text(
                                                kv.get(
                                                                ((JsonValue.Text)
                                                                                arguments
                                                                                        .getFirst())
                                                                        .value())
                                                        .orElseThrow()
                                                        .text()));
        try (GuestScene scene = GuestScene.webAssembly(GuestLimits.DEFAULT)) {
            assertEquals(
                    "250",
                    scene.run(
                                    scene.guest()
                                            .reads("ask", JsonValue.class, String.class, first),
                                    new JsonValue.Arr(List.of(new JsonValue.Text("tea"))))
                            .orThrow());
            GuestScene.refused(GuestFault.BAD_ANSWER, scene.run("ask", "no array, and no port"));
        }
    }

    @Test
    void whatCannotGoOnIsAFailureOfTheCall() {
        try (GuestScene scene = GuestScene.webAssembly(GuestLimits.DEFAULT)) {
            GuestScene.refused(GuestFault.THREW, scene.run("trap", ""));
            GuestException wrong =
                    GuestScene.refused(GuestFault.BAD_ANSWER, scene.run("wrong", ""));
            assertTrue(wrong.getMessage().contains("memory has 65536"), wrong::getMessage);
            assertEquals("x", scene.run("echo", "x").orThrow());
        }
    }

    @Test
    void anEndlessLoopIsStopped() {
        try (GuestScene scene =
                GuestScene.webAssembly(GuestLimits.DEFAULT.withCpuTime(ofMillis(200)))) {
            GuestScene.refused(GuestFault.OUT_OF_TIME, scene.run("loop", ""));
            assertEquals("x", scene.run("echo", "x").orThrow());
        }
    }

    @Test
    void memoryThatGrowsForEverIsStopped() {
        try (GuestScene scene =
                GuestScene.webAssembly(
                        GuestLimits.DEFAULT
                                .withCpuTime(ofMinutes(10))
                                .withAllocatedBytes(64 << 20))) {
            GuestScene.refused(GuestFault.OUT_OF_MEMORY, scene.run("grow", ""));
            assertEquals("x", scene.run("echo", "x").orThrow());
        }
    }

    @Test
    void nothingButPortsCanBeImported() {
        for (String module : new String[] {"env", "wasi_snapshot_preview1", "port2"}) {
            assertEquals(
                    GuestFault.NOT_LOADED,
                    assertThrows(
                                    GuestException.class,
                                    () ->
                                            Guest.webAssembly(
                                                            "bad",
                                                            WasmModule.importing(module),
                                                            GuestLimits.DEFAULT)
                                                    .close())
                            .fault());
        }
    }

    @Test
    void whatIsNoModuleIsRefused() {
        assertEquals(
                GuestFault.NOT_LOADED,
                assertThrows(
                                GuestException.class,
                                () ->
                                        Guest.webAssembly(
                                                        "bad",
                                                        new byte[] {1, 2, 3},
                                                        GuestLimits.DEFAULT)
                                                .close())
                        .fault());
    }
}
