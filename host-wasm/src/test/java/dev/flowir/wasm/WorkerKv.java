package dev.flowir.wasm;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.kv.KvEntry;
import dev.flowir.kv.KvException;
import dev.flowir.kv.KvFault;
import dev.flowir.kv.KvKey;
import dev.flowir.kv.KvPage;
import dev.flowir.kv.KvQuery;
import dev.flowir.kv.KvReader;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import dev.flowir.kv.PutOptions;
import dev.flowir.wasm.KvCalls.Answer;
import dev.flowir.wasm.KvCalls.Bytes;
import dev.flowir.wasm.KvCalls.Call;
import dev.flowir.wasm.KvCalls.Found;
import dev.flowir.wasm.KvCalls.Method;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Key-value as a worker sees it, for rules that run on the JVM: every call is made in the isolate.
 * Instants are shifted, because the isolate's clock is the real one.
 */
final class WorkerKv implements CapabilityProvider {

    private final CapabilityProvider edge = EdgeBindings.kv(KvWorker.BINDING);
    private final IsolateCalls<Call, Answer> calls;
    private final Duration ahead;

    /**
     * A provider.
     *
     * @param ahead how far the isolate's clock is ahead of the rule's
     */
    WorkerKv(URI worker, Duration ahead) {
        this.calls = new IsolateCalls<>(worker.resolve("/call"), Call.class, Answer.class);
        this.ahead = ahead;
    }

    @Override
    public String kind() {
        return edge.kind();
    }

    @Override
    public String binding() {
        return edge.binding();
    }

    @Override
    public Set<String> hints() {
        return edge.hints();
    }

    @Override
    public Descriptor descriptor() {
        return edge.descriptor();
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        boolean reads = token.handle() == KvReader.class;
        return token.handle().cast(reads ? new Reader(scope) : new Writer(scope));
    }

    private Answer made(Call call) {
        Answer answer = calls.made(call);
        switch (answer.refused()) {
            case "" -> {}
            case "STALE" -> throw new StaleAttemptException(answer.why());
            default -> {
                KvFault fault = KvFault.valueOf(answer.refused());
                String code = "[" + fault.code() + "] ";
                if (!answer.why().startsWith(code)) {
                    throw new AssertionError(answer.why());
                }
                throw new KvException(fault, answer.why().substring(code.length()));
            }
        }
        return answer;
    }

    private Optional<Instant> instant(Optional<Long> millis) {
        return millis.map(it -> Instant.ofEpochMilli(it).minus(ahead));
    }

    private static KvValue value(Bytes bytes) {
        return KvValue.of(bytes.bytes());
    }

    private class Reader implements KvReader {
        private final Scope scope;

        Reader(Scope scope) {
            this.scope = scope;
        }

        Call call(Method method, String name, Optional<Long> number, Optional<String> text) {
            return new Call(
                    method,
                    scope.fence().isCurrent(),
                    KvCalls.hex(name),
                    List.of(),
                    Optional.empty(),
                    number,
                    Optional.empty(),
                    text);
        }

        @Override
        public Optional<KvEntry> getWithMetadata(String key) {
            Answer answer = made(call(Method.GET, key, Optional.empty(), Optional.empty()));
            return answer.found().stream()
                    .findFirst()
                    .map(it ->
                            new KvEntry(
                                    value(it.value().orElseThrow()),
                                    it.metadata(),
                                    instant(it.expiresAtMillis())));
        }

        @Override
        public Optional<KvValue> get(String key, Duration cacheTtl) {
            Optional<Long> cache = Optional.of(cacheTtl.toMillis());
            return made(call(Method.GET_CACHED, key, cache, Optional.empty())).found().stream()
                    .findFirst()
                    .map(it -> value(it.value().orElseThrow()));
        }

        @Override
        public Map<String, Optional<KvValue>> getMany(List<String> keys) {
            Call call =
                    new Call(
                            Method.GET_MANY,
                            true,
                            "",
                            keys.stream().map(KvCalls::hex).toList(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty());
            Map<String, Optional<KvValue>> found = new LinkedHashMap<>();
            for (Found it : made(call).found()) {
                found.put(KvCalls.text(it.name()), it.value().map(WorkerKv::value));
            }
            return found;
        }

        @Override
        public KvPage list(KvQuery query) {
            Optional<Long> limit =
                    query.limit().isPresent()
                            ? Optional.of((long) query.limit().getAsInt())
                            : Optional.empty();
            Answer page = made(call(Method.LIST, query.prefix(), limit, query.cursor()));
            List<KvKey> keys =
                    page.found().stream()
                            .map(it ->
                                    new KvKey(
                                            KvCalls.text(it.name()),
                                            it.metadata(),
                                            instant(it.expiresAtMillis())))
                            .toList();
            return new KvPage(keys, page.cursor());
        }
    }

    private final class Writer extends Reader implements KvWriter {

        Writer(Scope scope) {
            super(scope);
        }

        @Override
        public void put(String key, KvValue value, PutOptions options) {
            Optional<Long> ttl = Optional.empty();
            Optional<Long> at = Optional.empty();
            switch (options.expiry()) {
                case PutOptions.Expiry.Never() -> {}
                case PutOptions.Expiry.After(Duration time) -> ttl = Optional.of(time.toMillis());
                case PutOptions.Expiry.At(Instant end) ->
                        at = Optional.of(end.plus(ahead).toEpochMilli());
            }
            Call plain = call(Method.PUT, key, ttl, options.metadata());
            made(
                    new Call(
                            plain.method(),
                            plain.current(),
                            plain.name(),
                            plain.names(),
                            Optional.of(Bytes.of(value.bytes())),
                            ttl,
                            at,
                            plain.text()));
        }

        @Override
        public void delete(String key) {
            made(call(Method.DELETE, key, Optional.empty(), Optional.empty()));
        }
    }
}
