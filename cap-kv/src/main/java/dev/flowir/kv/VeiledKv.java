package dev.flowir.kv;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Scope;
import java.util.Set;

/**
 * Entries of another provider behind a veil. All that the other promises holds: fences, limits of
 * what flows give, transactions of a store.
 */
final class VeiledKv implements KvLimited {

    private final CapabilityProvider inner;
    private final Veil veil;
    private final KvLimits limits;

    private VeiledKv(CapabilityProvider inner, Veil veil, KvLimits limits) {
        this.inner = inner;
        this.veil = veil;
        this.limits = limits;
    }

    /** Whoever keeps the entries makes room for what the veil adds, where we can tell it to. */
    static CapabilityProvider around(CapabilityProvider provider, Veil veil) {
        KvLimits limits =
                provider instanceof KvLimited limited
                        ? limited.limits()
                        : KvLimits.of(LimitProfile.MINIFLARE);
        return new VeiledKv(roomy(provider, veil, limits), veil, limits);
    }

    private static CapabilityProvider roomy(
            CapabilityProvider provider, Veil veil, KvLimits limits) {
        return provider instanceof KvLimited limited
                ? limited.with(limits.wider(veil.moreKeyBytes(), veil.moreValueBytes()))
                : provider;
    }

    @Override
    public KvLimits limits() {
        return limits;
    }

    @Override
    public CapabilityProvider with(KvLimits others) {
        return new VeiledKv(roomy(inner, veil, others), veil, others);
    }

    @Override
    public String kind() {
        return inner.kind();
    }

    @Override
    public String binding() {
        return inner.binding();
    }

    @Override
    public Set<String> hints() {
        return inner.hints();
    }

    @Override
    public Descriptor descriptor() {
        return inner.descriptor();
    }

    @Override
    public boolean commitsWith(AutoCloseable store) {
        return inner.commitsWith(store);
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        Checks checks = new Checks(limits);
        if (token.handle() == KvReader.class) {
            KvReader reader = inner.handle(Kv.reader(binding()), scope);
            return token.handle().cast(new VeiledReader(reader, veil, checks));
        }
        KvWriter writer = inner.handle(Kv.writer(binding()), scope);
        return token.handle()
                .cast(
                        writer instanceof KvAtomicWriter atomic
                                ? new VeiledAtomicWriter(atomic, veil, checks, scope)
                                : new VeiledWriter(writer, veil, checks));
    }
}
