package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.ir.Codec;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.testing.SurfaceCase;
import dev.flowir.testing.SurfaceCase.Batch;
import dev.flowir.testing.SurfaceCases;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Control surfaces in workerd, by the cases that hold in the drivers of a JVM. */
class SurfacesTest {

    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));

    @ParameterizedTest
    @EnumSource(Target.class)
    void everyCaseComesOutAsInAJvm(Target target) throws Exception {
        List<String> expected = new ArrayList<>();
        List<String> told = new ArrayList<>();
        try (LocalWorker workerd = Workers.run(Workers.build(SurfaceWorker.class, target));
                HttpClient client = HttpClient.newHttpClient()) {
            for (SurfaceCase one : SurfaceCases.all()) {
                expected.add(one.id() + " " + one.expected());
                told.add(one.id() + " " + asked(client, workerd, one.id(), one.input()));
            }
            Batch many = Batch.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
            for (int request = 0; request < 2; request++) {
                expected.add("eight at a time: 8 at a time, 12");
                told.add("eight at a time: " + asked(client, workerd, "crowd", many));
                expected.add("three permits: 3 at a time, 12");
                told.add("three permits: " + asked(client, workerd, "line", many));
                expected.add("by level: [3, 1, 2, 4, 5, 9]");
                Batch levels = Batch.of(3, 5, 2, 4, 1, 9);
                told.add("by level: " + asked(client, workerd, "urgent", levels));
            }
        }
        assertEquals(String.join("\n", expected), String.join("\n", told));
    }

    private static String asked(HttpClient client, LocalWorker workerd, String path, Batch input)
            throws Exception {
        HttpResponse<String> response =
                client.send(
                        HttpRequest.newBuilder(workerd.address().resolve("/" + path))
                                .header("content-type", "application/json")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"numbers\":" + input.numbers() + "}"))
                                .build(),
                        BodyHandlers.ofString());
        return told(response.body());
    }

    private static String told(String body) throws Exception {
        if (JSON.decode(body.getBytes(UTF_8)) instanceof JsonValue.Obj answer) {
            if (answer.members().get("text") instanceof JsonValue.Text text) {
                return text.value();
            }
            if (answer.members().get("code") instanceof JsonValue.Text code) {
                return "!" + code.value();
            }
        }
        return body;
    }
}
