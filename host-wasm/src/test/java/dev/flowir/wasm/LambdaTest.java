package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Java's library may call back what waits, in workers that have much else. */
class LambdaTest {

    @ParameterizedTest
    @EnumSource(Target.class)
    void whatWaitsMayBeALambdaOfJavasLibrary(Target target) throws Exception {
        try (LocalWorker worker = Workers.run(Workers.build(LambdaWorker.class, target));
                HttpClient client = HttpClient.newHttpClient()) {
            for (String[] each :
                    new String[][] {
                        {
                            "{\"keys\":[\"a\",\"b\"],\"note\":\"mine\"}",
                            "{\"each\":[\"value of a\",\"value of b\"],"
                                    + "\"asked\":{\"a\":\"value of a\",\"b\":\"value of b\"},"
                                    + "\"other\":\"mine[]\"}"
                        },
                        {"{\"keys\":[]}", "{\"each\":[],\"asked\":{},\"other\":\"mine[]\"}"}
                    }) {
                HttpResponse<String> answer =
                        client.send(
                                HttpRequest.newBuilder(worker.address().resolve("/keep"))
                                        .header("content-type", "application/json")
                                        .POST(BodyPublishers.ofString(each[0]))
                                        .build(),
                                BodyHandlers.ofString());
                assertEquals(each[1], answer.body());
            }
        }
    }
}
