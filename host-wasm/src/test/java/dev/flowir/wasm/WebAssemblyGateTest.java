package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The language and the machine mean the same, compiled to WebAssembly and run in workerd. */
class WebAssemblyGateTest {

    @Test
    void casesOfLanguageAndMachineGiveTheSameOnTheJvmAndInWebAssembly() throws Exception {
        List<GateLine> jvm = GateProgram.run();
        List<GateLine> wasm = new ArrayList<>();
        try (LocalWorker worker = Workers.run(Workers.build(GateWorker.class, Target.WEBASSEMBLY));
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer =
                    client.send(
                            HttpRequest.newBuilder(worker.address().resolve("/gate")).build(),
                            BodyHandlers.ofByteArray());
            assertEquals(200, answer.statusCode());
            JsonValue lines =
                    JsonCodecs.strict().of(Type.of(JsonValue.class)).decode(answer.body());
            if (lines instanceof JsonValue.Arr list) {
                for (JsonValue line : list.items()) {
                    if (line instanceof JsonValue.Text text) {
                        GateLine.parse(text.value()).ifPresent(wasm::add);
                    }
                }
            }
        }
        assertTrue(jvm.size() > 75, "cases: " + jvm.size());
        assertEquals(List.of(), GateComparison.complaints(jvm, wasm));
        System.out.printf(
                "portability gate: %d cases on the JVM, %d in WebAssembly%n",
                jvm.size(), wasm.size());
    }
}
