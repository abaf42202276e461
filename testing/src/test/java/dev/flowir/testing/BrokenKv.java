package dev.flowir.testing;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvAtomicWriter;
import dev.flowir.kv.KvEntry;
import dev.flowir.kv.KvException;
import dev.flowir.kv.KvFault;
import dev.flowir.kv.KvKey;
import dev.flowir.kv.KvLimits;
import dev.flowir.kv.KvNamespace;
import dev.flowir.kv.KvPage;
import dev.flowir.kv.KvQuery;
import dev.flowir.kv.KvReader;
import dev.flowir.kv.KvSites;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.PutOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A namespace that is wrong in one way: to see that the kit notices. */
final class BrokenKv implements KvBench, CapabilityProvider {

    /** What is wrong. */
    enum Defect {
        KEEPS_OLD_METADATA,
        IGNORES_DELETE,
        FOLDS_CASE,
        IGNORES_TTL,
        EXPIRES_LATE,
        LOSES_ON_RESTART,
        LACKS_THE_WRITE_HINT,
        IGNORES_THE_FENCE,
        GIVES_READERS_A_WRITER,
        SETS_WHAT_IS_MISSING,
        LOSES_AN_UPDATE,
        ACCEPTS_SHORT_TTL,
        ACCEPTS_LONG_KEYS,
        ACCEPTS_LARGE_VALUES,
        REFUSES_THE_LARGEST_VALUE,
        ACCEPTS_LARGE_METADATA,
        READS_101_KEYS,
        OMITS_MISSING_KEYS,
        LISTS_BACKWARDS,
        LISTS_BY_CHARACTERS,
        COUNTS_POSITIONS,
        WRITES_METADATA_LATER,
        LISTS_WITHOUT_METADATA,
        ACCEPTS_ANY_PAGE,
        ACCEPTS_ANY_CURSOR,
        SEES_ALL_AT_ONCE,
        LOOKS_AGAIN_FOR_THE_MISSING,
        ALWAYS_SEES_ITS_OWN,
        CACHES_THE_EXPIRED,
        HAS_NO_RATE,
        COUNTS_NO_CALLS
    }

    private final Defect defect;
    private final TestClock clock;
    private final AtomicInteger sets = new AtomicInteger();
    private final KvSites sites;
    private final KvSites late;
    private KvNamespace good;

    BrokenKv(Defect defect, TestClock clock) {
        this.defect = defect;
        this.clock = clock;
        this.good = fresh();
        this.sites = KvSites.of(good, clock);
        this.late = sites.seeingOwnWritesLate();
    }

    private KvNamespace fresh() {
        KvNamespace namespace = KvNamespace.memory("kv", clock);
        return namespace.with(limits(KvLimits.of(LimitProfile.MINIFLARE)));
    }

    private KvLimits limits(KvLimits right) {
        return new KvLimits(
                right.maxKeyBytes() + (defect == Defect.ACCEPTS_LONG_KEYS ? 1 : 0),
                right.maxValueBytes()
                        + (defect == Defect.ACCEPTS_LARGE_VALUES ? 1 : 0)
                        - (defect == Defect.REFUSES_THE_LARGEST_VALUE ? 1 : 0),
                right.maxMetadataBytes() + (defect == Defect.ACCEPTS_LARGE_METADATA ? 1 : 0),
                defect == Defect.ACCEPTS_SHORT_TTL ? Duration.ofSeconds(59) : right.minTtl(),
                right.maxBulkKeys() + (defect == Defect.READS_101_KEYS ? 1 : 0),
                right.maxBulkBytes(),
                right.maxPageKeys() + (defect == Defect.ACCEPTS_ANY_PAGE ? 1 : 0),
                right.minCacheTtl(),
                defect == Defect.HAS_NO_RATE ? OptionalInt.empty() : right.writesPerSecond(),
                defect == Defect.COUNTS_NO_CALLS
                        ? OptionalInt.empty()
                        : right.operationsPerAttempt());
    }

    @Override
    public boolean supportsRates() {
        return isOfSites();
    }

    @Override
    public CapabilityProvider rated() {
        return good.with(limits(KvLimits.of(LimitProfile.CLOUDFLARE_PROD)));
    }

    @Override
    public boolean supportsSites() {
        return isOfSites();
    }

    private boolean isOfSites() {
        return defect.compareTo(Defect.SEES_ALL_AT_ONCE) >= 0;
    }

    @Override
    public CapabilityProvider site(String name, OwnWrites writes) {
        KvSites right = writes == OwnWrites.LATE ? late : sites;
        return switch (defect) {
            case SEES_ALL_AT_ONCE -> good;
            case ALWAYS_SEES_ITS_OWN -> sites.at(name);
            case LOOKS_AGAIN_FOR_THE_MISSING, CACHES_THE_EXPIRED ->
                    new BrokenKvSite(defect, right.at(name), good);
            default -> right.at(name);
        };
    }

    @Override
    public CapabilityProvider provider() {
        return this;
    }

    @Override
    public boolean supportsRestart() {
        return true;
    }

    @Override
    public void restart() {
        if (defect == Defect.LOSES_ON_RESTART) {
            good = fresh();
        }
    }

    @Override
    public String kind() {
        return "kv.broken";
    }

    @Override
    public String binding() {
        return "kv";
    }

    @Override
    public Set<String> hints() {
        return defect == Defect.LACKS_THE_WRITE_HINT ? Set.of(Kv.READ_HINT) : good.hints();
    }

    @Override
    public Descriptor descriptor() {
        return good.descriptor();
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        Scope fenced = defect == Defect.IGNORES_THE_FENCE ? Scope.outside("broken") : scope;
        KvAtomicWriter writer = new Handle(good.writer(fenced));
        boolean reading =
                token.handle() == KvReader.class && defect != Defect.GIVES_READERS_A_WRITER;
        return token.handle().cast(reading ? new ReadingOnly(writer) : writer);
    }

    private record ReadingOnly(KvReader reader) implements KvReader {
        @Override
        public Optional<KvEntry> getWithMetadata(String key) {
            return reader.getWithMetadata(key);
        }

        @Override
        public Map<String, Optional<KvValue>> getMany(List<String> keys) {
            return reader.getMany(keys);
        }

        @Override
        public KvPage list(KvQuery query) {
            return reader.list(query);
        }
    }

    private final class Handle implements KvAtomicWriter {

        private final KvAtomicWriter right;

        Handle(KvAtomicWriter right) {
            this.right = right;
        }

        private String wrong(String key) {
            return defect == Defect.FOLDS_CASE ? key.toLowerCase(Locale.ROOT) : key;
        }

        private PutOptions wrong(String key, PutOptions options) {
            return switch (defect) {
                case IGNORES_TTL ->
                        new PutOptions(new PutOptions.Expiry.Never(), options.metadata());
                case EXPIRES_LATE ->
                        options.expiry() instanceof PutOptions.Expiry.After(Duration ttl)
                                ? new PutOptions(
                                        new PutOptions.Expiry.After(ttl.plusSeconds(1)),
                                        options.metadata())
                                : options;
                case KEEPS_OLD_METADATA, WRITES_METADATA_LATER -> {
                    Optional<String> old = right.getWithMetadata(key).flatMap(KvEntry::metadata);
                    boolean later = defect == Defect.WRITES_METADATA_LATER && old.isPresent();
                    yield new PutOptions(
                            options.expiry(), later ? old : options.metadata().or(() -> old));
                }
                default -> options;
            };
        }

        @Override
        public Optional<KvEntry> getWithMetadata(String key) {
            return right.getWithMetadata(wrong(key));
        }

        @Override
        public Map<String, Optional<KvValue>> getMany(List<String> keys) {
            Map<String, Optional<KvValue>> found = new LinkedHashMap<>(right.getMany(keys));
            if (defect == Defect.OMITS_MISSING_KEYS) {
                found.values().removeIf(Optional::isEmpty);
            }
            return found;
        }

        @Override
        public KvPage list(KvQuery query) {
            return switch (defect) {
                case LISTS_BACKWARDS -> {
                    KvPage page = right.list(query);
                    List<KvKey> keys = new ArrayList<>(page.keys());
                    Collections.reverse(keys);
                    yield new KvPage(keys, page.cursor());
                }
                case LISTS_WITHOUT_METADATA -> {
                    KvPage page = right.list(query);
                    yield new KvPage(
                            page.keys().stream()
                                    .map(key ->
                                            new KvKey(
                                                    key.name(), Optional.empty(), key.expiresAt()))
                                    .toList(),
                            page.cursor());
                }
                case LISTS_BY_CHARACTERS, COUNTS_POSITIONS -> byPosition(query);
                case ACCEPTS_ANY_CURSOR -> {
                    try {
                        yield right.list(query);
                    } catch (KvException e) {
                        if (e.fault() != KvFault.BAD_CURSOR) {
                            throw e;
                        }
                        yield new KvPage(List.of(), Optional.empty());
                    }
                }
                default -> right.list(query);
            };
        }

        /** Cursors that count keys, or an order that Java's strings have. */
        private KvPage byPosition(KvQuery query) {
            if (query.cursor().isEmpty()) {
                right.list(query);
            }
            List<KvKey> all = new ArrayList<>();
            KvQuery every = KvQuery.prefix(query.prefix());
            KvPage page = right.list(every);
            all.addAll(page.keys());
            while (page.cursor().isPresent()) {
                page = right.list(every.after(page.cursor().get()));
                all.addAll(page.keys());
            }
            int limit = query.limit().orElse(1000);
            if (defect == Defect.LISTS_BY_CHARACTERS) {
                all.sort((a, b) -> a.name().compareTo(b.name()));
                String last = query.cursor().orElse("");
                all.removeIf(key -> !last.isEmpty() && key.name().compareTo(last) <= 0);
                List<KvKey> keys = all.subList(0, Math.min(limit, all.size()));
                return new KvPage(
                        keys,
                        keys.size() == all.size()
                                ? Optional.empty()
                                : Optional.of(keys.get(keys.size() - 1).name()));
            }
            int from = Math.min(all.size(), query.cursor().map(Integer::parseInt).orElse(0));
            int to = Math.min(from + limit, all.size());
            return new KvPage(
                    all.subList(from, to),
                    to == all.size() ? Optional.empty() : Optional.of(Integer.toString(to)));
        }

        @Override
        public void put(String key, KvValue value, PutOptions options) {
            right.put(wrong(key), value, wrong(key, options));
        }

        @Override
        public void delete(String key) {
            if (defect == Defect.IGNORES_DELETE) {
                right.get(key);
            } else {
                right.delete(wrong(key));
            }
        }

        @Override
        public boolean putIfAbsent(String key, KvValue value, PutOptions options) {
            return right.putIfAbsent(key, value, wrong(key, options));
        }

        @Override
        public boolean compareAndSet(
                String key, KvValue expected, KvValue value, PutOptions options) {
            if (defect == Defect.SETS_WHAT_IS_MISSING && right.get(key).isEmpty()) {
                right.put(key, value, options);
                return true;
            }
            if (defect == Defect.LOSES_AN_UPDATE && sets.incrementAndGet() % 10 == 0) {
                return true;
            }
            return right.compareAndSet(key, expected, value, wrong(key, options));
        }
    }
}
