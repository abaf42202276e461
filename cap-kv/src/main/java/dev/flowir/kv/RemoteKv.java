package dev.flowir.kv;

import dev.flowir.ir.Guarantee;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Scope;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The provider of {@link Kv}'s tokens over entries that something else keeps: it checks keys,
 * values, options and the fence of an attempt, so that a wrong call is refused by the same code as
 * anywhere and never leaves. Uses only what an edge isolate has, too.
 */
public final class RemoteKv implements KvLimited {

    private final String kind;
    private final String binding;
    private final KvRemote remote;
    private final Descriptor descriptor;
    private final Checks checks;

    private RemoteKv(
            String kind, String binding, KvRemote remote, Descriptor descriptor, Checks checks) {
        this.kind = kind;
        this.binding = binding;
        this.remote = remote;
        this.descriptor = descriptor;
        this.checks = checks;
    }

    /**
     * A provider with the limits of {@link LimitProfile#MINIFLARE}: those of Cloudflare, but for
     * rates, which whoever keeps the entries counts.
     *
     * @param kind for example {@code kv.edge}
     * @param binding name that tokens ask for
     * @param remote who keeps the entries
     * @param descriptor what they promise; compare-and-set only for a {@link KvAtomicRemote}
     * @return the provider
     */
    public static RemoteKv of(String kind, String binding, KvRemote remote, Descriptor descriptor) {
        if (descriptor.extras().contains(Guarantee.COMPARE_AND_SET)
                && !(remote instanceof KvAtomicRemote)) {
            throw new IllegalArgumentException(
                    "what promises to compare and set is a KvAtomicRemote");
        }
        return new RemoteKv(
                kind, binding, remote, descriptor, new Checks(KvLimits.of(LimitProfile.MINIFLARE)));
    }

    /**
     * The same entries under other limits.
     *
     * @param limits the limits, without rates: whoever keeps the entries counts those
     * @return a provider of the same entries
     */
    @Override
    public RemoteKv with(KvLimits limits) {
        if (limits.writesPerSecond().isPresent() || limits.operationsPerAttempt().isPresent()) {
            throw new IllegalArgumentException(
                    "rates are counted by whoever keeps the entries, not here");
        }
        return new RemoteKv(kind, binding, remote, descriptor, new Checks(limits));
    }

    /** {@return the limits in force} */
    @Override
    public KvLimits limits() {
        return checks.limits();
    }

    /**
     * A reading handle, for a host's own code.
     *
     * @return a handle that only reads
     */
    public KvReader reader() {
        return new Reader();
    }

    /**
     * A writing handle for one attempt, for a host's own code.
     *
     * @param scope the attempt; {@link Scope#outside} for work outside of runs
     * @return a handle that reads and writes; a {@link KvAtomicWriter} where the descriptor
     *     promises {@link Guarantee#COMPARE_AND_SET}
     */
    public KvWriter writer(Scope scope) {
        return remote instanceof KvAtomicRemote atomic
                ? new AtomicWriter(scope, atomic)
                : new Writer(scope);
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String binding() {
        return binding;
    }

    @Override
    public Set<String> hints() {
        return Set.of(Kv.READ_HINT, Kv.WRITE_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        Object handle = token.handle() == KvReader.class ? reader() : writer(scope);
        return token.handle().cast(handle);
    }

    /** The reading handle. */
    private class Reader implements KvReader {

        @Override
        public Optional<KvEntry> getWithMetadata(String key) {
            checks.key(key);
            return remote.get(key, OptionalLong.empty());
        }

        @Override
        public Optional<KvValue> get(String key, Duration cacheTtl) {
            checks.cacheTtl(cacheTtl);
            checks.key(key);
            return remote.get(key, OptionalLong.of(cacheTtl.toMillis())).map(KvEntry::value);
        }

        @Override
        public Map<String, Optional<KvValue>> getMany(List<String> keys) {
            checks.keys(keys);
            Map<String, Optional<KvValue>> found =
                    keys.isEmpty() ? new LinkedHashMap<>() : remote.getMany(keys);
            long bytes = 0;
            for (Optional<KvValue> value : found.values()) {
                bytes += value.isPresent() ? value.get().size() : 0;
            }
            checks.bulk(bytes);
            return found;
        }

        /** A cursor says which list it is of: the prefix, then what the remote gave. */
        @Override
        public KvPage list(KvQuery query) {
            int limit = checks.pageLimit(query);
            String mark = checks.prefix(query).cursor() + ".";
            Optional<String> cursor = query.cursor();
            if (cursor.isPresent() && !cursor.get().startsWith(mark)) {
                throw new KvException(
                        KvFault.BAD_CURSOR,
                        "a cursor is what an earlier page of the same list gave, unchanged");
            }
            Optional<String> inner = cursor.map(text -> text.substring(mark.length()));
            KvPage page = remote.list(query.prefix(), limit, inner);
            return new KvPage(page.keys(), page.cursor().map(next -> mark + next));
        }
    }

    /** The writing handle of one attempt. */
    private class Writer extends Reader implements KvWriter {
        private final Scope scope;

        Writer(Scope scope) {
            this.scope = scope;
        }

        @Override
        public void put(String key, KvValue value, PutOptions options) {
            check(key, value, options);
            remote.put(key, value, options);
        }

        /** Asks for the time, which may be far away, only where it is compared with. */
        final void check(String key, KvValue value, PutOptions options) {
            checks.key(key);
            checks.value(value);
            checks.options(options);
            if (options.expiry() instanceof PutOptions.Expiry.At) {
                checks.expiresAtMillis(options, remote.nowMillis());
            }
            scope.fence().ensureCurrent();
        }

        @Override
        public void delete(String key) {
            checks.key(key);
            scope.fence().ensureCurrent();
            remote.delete(key);
        }
    }

    /** The writing handle of one attempt where writes may depend on what they replace. */
    private final class AtomicWriter extends Writer implements KvAtomicWriter {
        private final KvAtomicRemote atomic;

        AtomicWriter(Scope scope, KvAtomicRemote atomic) {
            super(scope);
            this.atomic = atomic;
        }

        @Override
        public boolean putIfAbsent(String key, KvValue value, PutOptions options) {
            check(key, value, options);
            return atomic.putIfAbsent(key, value, options);
        }

        @Override
        public boolean compareAndSet(
                String key, KvValue expected, KvValue value, PutOptions options) {
            check(key, value, options);
            return atomic.compareAndSet(key, expected, value, options);
        }
    }
}
