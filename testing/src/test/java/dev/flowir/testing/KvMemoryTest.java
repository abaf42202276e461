package dev.flowir.testing;

import dev.flowir.kv.KvNamespace;

class KvMemoryTest extends KvContractTest {

    @Override
    protected KvBench open(TestClock clock) {
        return KvBench.of(KvNamespace.memory("kv", clock));
    }
}
