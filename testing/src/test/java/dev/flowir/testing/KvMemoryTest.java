package dev.flowir.testing;

import dev.flowir.kv.KvNamespace;

class KvMemoryTest extends KvContractTest {

    @Override
    protected KvBench open(TestClock clock) {
        return new KvNamespaceBench(clock, KvNamespace.memory("kv", clock));
    }
}
