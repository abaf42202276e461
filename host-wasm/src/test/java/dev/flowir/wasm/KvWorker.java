package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvEntry;
import dev.flowir.kv.KvException;
import dev.flowir.kv.KvPage;
import dev.flowir.kv.KvQuery;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.kv.PutOptions;
import dev.flowir.wasm.KvCalls.Answer;
import dev.flowir.wasm.KvCalls.Bytes;
import dev.flowir.wasm.KvCalls.Call;
import dev.flowir.wasm.KvCalls.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the calls of the key-value contract, inside an isolate. */
public final class KvWorker implements EdgeApplication {

    static final String BINDING = "KIT";

    /** Keys that are far too long shall come to the capability, and not be refused by the host. */
    private static final int MAX_BODY = 4 << 20;

    private static final CapabilityProvider PROVIDER = EdgeBindings.kv(BINDING);

    /** For the service loader. */
    public KvWorker() {}

    @Override
    public EdgeRoutes routes() {
        Flow<Call, Answer> call =
                Flow.define(
                        "call",
                        "1.0.0",
                        Call.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.effect(
                                                "call",
                                                Call.class,
                                                Answer.class,
                                                Kv.writer(BINDING),
                                                (kv, it, ctx) -> answer(kv, it))));
        return EdgeRoutes.none()
                .bind(PROVIDER)
                .route("POST", "/call", call, it -> it.maxBody(MAX_BODY));
    }

    private static Answer answer(KvWriter ofFlow, Call call) {
        Scope scope = new Scope("flow", "run", "call", 1, "key", call::current);
        KvWriter kv = call.current() ? ofFlow : PROVIDER.handle(Kv.writer(BINDING), scope);
        try {
            return made(kv, call);
        } catch (KvException refused) {
            return refused(refused.fault().name(), refused);
        } catch (StaleAttemptException late) {
            return refused("STALE", late);
        }
    }

    private static Answer refused(String what, RuntimeException why) {
        return new Answer(what, String.valueOf(why.getMessage()), List.of(), Optional.empty());
    }

    private static Answer made(KvWriter kv, Call call) {
        String name = KvCalls.text(call.name());
        List<Found> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        switch (call.method()) {
            case GET -> kv.getWithMetadata(name).ifPresent(it -> found.add(found(name, it)));
            case GET_CACHED ->
                    kv.get(name, Duration.ofMillis(call.number().orElseThrow()))
                            .ifPresent(it -> found.add(value(name, Optional.of(it))));
            case GET_MANY -> {
                List<String> names = call.names().stream().map(KvCalls::text).toList();
                for (Map.Entry<String, Optional<KvValue>> it : kv.getMany(names).entrySet()) {
                    found.add(value(it.getKey(), it.getValue()));
                }
            }
            case LIST -> {
                KvQuery query = KvQuery.prefix(name);
                if (call.number().isPresent()) {
                    query = query.limit(Math.toIntExact(call.number().get()));
                }
                if (call.text().isPresent()) {
                    query = query.after(call.text().get());
                }
                KvPage page = kv.list(query);
                page.keys()
                        .forEach(key ->
                                found.add(
                                        new Found(
                                                KvCalls.hex(key.name()),
                                                Optional.empty(),
                                                key.metadata(),
                                                key.expiresAt().map(Instant::toEpochMilli))));
                cursor = page.cursor();
            }
            case PUT -> kv.put(name, KvValue.of(call.value().orElseThrow().bytes()), options(call));
            case DELETE -> kv.delete(name);
        }
        return new Answer("", "", found, cursor);
    }

    private static PutOptions options(Call call) {
        PutOptions options = PutOptions.none();
        if (call.number().isPresent()) {
            options = PutOptions.expiringAfter(Duration.ofMillis(call.number().get()));
        }
        if (call.at().isPresent()) {
            options = PutOptions.expiringAt(Instant.ofEpochMilli(call.at().get()));
        }
        return call.text().isPresent() ? options.withMetadata(call.text().get()) : options;
    }

    private static Found found(String name, KvEntry entry) {
        return new Found(
                KvCalls.hex(name),
                Optional.of(Bytes.of(entry.value().bytes())),
                entry.metadata(),
                entry.expiresAt().map(Instant::toEpochMilli));
    }

    private static Found value(String name, Optional<KvValue> value) {
        return new Found(
                KvCalls.hex(name),
                value.map(it -> Bytes.of(it.bytes())),
                Optional.empty(),
                Optional.empty());
    }
}
