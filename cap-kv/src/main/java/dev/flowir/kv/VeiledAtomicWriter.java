package dev.flowir.kv;

import dev.flowir.kernel.cap.Scope;
import java.util.Optional;

/** Reads and writes behind a veil, where writes may depend on what they replace. */
final class VeiledAtomicWriter extends VeiledWriter implements KvAtomicWriter {

    private final KvAtomicWriter inner;
    private final Scope scope;

    VeiledAtomicWriter(KvAtomicWriter inner, Veil veil, Checks checks, Scope scope) {
        super(inner, veil, checks);
        this.inner = inner;
        this.scope = scope;
    }

    @Override
    public boolean putIfAbsent(String key, KvValue value, PutOptions options) {
        return inner.putIfAbsent(name(key), sealed(key, value), options);
    }

    /**
     * One value has many sealed forms: the one that is there is what is compared. Where it is
     * replaced meanwhile, perhaps by the same value, it is looked at again: somebody else got on.
     */
    @Override
    public boolean compareAndSet(String key, KvValue expected, KvValue value, PutOptions options) {
        String name = name(key);
        KvValue sealed = sealed(key, value);
        if (veil.keepsValues()) {
            return inner.compareAndSet(name, expected, sealed, options);
        }
        checks.options(options);
        scope.fence().ensureCurrent();
        Optional<KvValue> kept = inner.get(name);
        while (kept.isPresent() && veil.unseal(key, kept.get()).equals(expected)) {
            if (inner.compareAndSet(name, kept.get(), sealed, options)) {
                return true;
            }
            kept = inner.get(name);
        }
        return false;
    }
}
