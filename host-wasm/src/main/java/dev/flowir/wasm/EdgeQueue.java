package dev.flowir.wasm;

import dev.flowir.queue.Outgoing;
import dev.flowir.queue.QueueException;
import dev.flowir.queue.QueueFault;
import dev.flowir.queue.QueueMetrics;
import dev.flowir.queue.QueueRemote;
import dev.flowir.queue.Sent;
import dev.flowir.wasm.json.Utf8Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sends to a queue of the platform. */
record EdgeQueue(String name) implements QueueRemote {

    private static final double NOT_SAID = -1;
    private static final double MILLIS = 1000;

    @Override
    public Sent send(List<Outgoing> messages) {
        JsQueue.Batch batch = Isolate.platform().queue(name).batch();
        for (Outgoing message : messages) {
            double delay = seconds(message.options().delay());
            switch (message.body().type()) {
                case TEXT -> batch.text(message.body().text(), delay);
                case JSON -> batch.json(Utf8Text.of(message.body().bytes()), delay);
                case BYTES -> batch.bytes(message.body().bytes(), delay);
            }
        }
        Isolate.Call<Sent> call = Isolate.call();
        batch.send(
                (count, bytes) ->
                        call.arrived(
                                new Sent(
                                        List.of(),
                                        new QueueMetrics(
                                                (long) count, (long) bytes, Optional.empty()))),
                call::broke);
        try {
            return call.await();
        } catch (PlatformException refused) {
            throw refused(refused);
        }
    }

    private static double seconds(Optional<Duration> delay) {
        return delay.isPresent() ? Math.ceil(delay.get().toMillis() / MILLIS) : NOT_SAID;
    }

    private static RuntimeException refused(PlatformException refused) {
        String message = String.valueOf(refused.getMessage());
        if (message.contains("Too Many Requests")) {
            return new QueueException(QueueFault.TOO_MANY_REQUESTS, message);
        }
        if (message.contains("Storage Limit Exceeded")) {
            return new QueueException(QueueFault.STORAGE_LIMIT, message);
        }
        return refused;
    }
}
