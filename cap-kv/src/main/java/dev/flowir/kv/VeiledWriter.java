package dev.flowir.kv;

/** Reads and writes behind a veil. */
class VeiledWriter extends VeiledReader implements KvWriter {

    private final KvWriter inner;

    VeiledWriter(KvWriter inner, Veil veil, Checks checks) {
        super(inner, veil, checks);
        this.inner = inner;
    }

    /** A value that may be one, as it is kept. */
    final KvValue sealed(String key, KvValue value) {
        checks.value(value);
        return veil.seal(key, value);
    }

    @Override
    public void put(String key, KvValue value, PutOptions options) {
        inner.put(name(key), sealed(key, value), options);
    }

    @Override
    public void delete(String key) {
        inner.delete(name(key));
    }
}
