package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Semaphore;

/**
 * Calls that rules on the JVM have made in an isolate.
 *
 * @param <C> a call
 * @param <A> its answer
 */
final class IsolateCalls<C extends Record, A> {

    private static final int AT_ONCE = 16;

    /** workerd closes a connection that was idle for 5 s, maybe just when it is used again. */
    private static final long IDLE_NANOS = 2_000_000_000L;

    private final Codec<C> calls;
    private final Codec<A> answers;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final URI address;
    private HttpClient client = fresh();
    private long usedNanos = System.nanoTime();

    IsolateCalls(URI address, Class<C> call, Class<A> answer) {
        this.address = address;
        this.calls = JsonCodecs.strict().of(Type.of(call));
        this.answers = JsonCodecs.strict().of(Type.of(answer));
    }

    private static HttpClient fresh() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    /** A client whose connections are fresh. */
    private synchronized HttpClient client() {
        long now = System.nanoTime();
        if (now - usedNanos > IDLE_NANOS) {
            client.shutdown();
            client = fresh();
        }
        usedNanos = now;
        return client;
    }

    A made(C call) {
        free.acquireUninterruptibly();
        try {
            HttpResponse<byte[]> response =
                    client().send(
                                    HttpRequest.newBuilder(address)
                                            .header("content-type", "application/json")
                                            .POST(BodyPublishers.ofByteArray(calls.encode(call)))
                                            .build(),
                                    BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                String what = call.toString();
                throw new AssertionError(
                        what.substring(0, Math.min(200, what.length()))
                                + ": "
                                + new String(response.body(), UTF_8));
            }
            return answers.decode(response.body());
        } catch (IOException | CodecException failed) {
            throw new AssertionError(call.toString(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        } finally {
            free.release();
        }
    }
}
