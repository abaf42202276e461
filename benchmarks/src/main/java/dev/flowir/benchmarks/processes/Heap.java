package dev.flowir.benchmarks.processes;

/** The heap of this process. */
public final class Heap {

    private Heap() {}

    /** {@return bytes that are in use after what nobody holds was collected} */
    public static long usedBytes() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
