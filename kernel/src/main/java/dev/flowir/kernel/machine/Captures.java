package dev.flowir.kernel.machine;

/** Outputs of the capture: counted here until they are taken, kept by the driver. */
final class Captures {

    private final boolean once;
    private final int[] owners;
    private final Inputs inputs;
    private final Outbox out;
    private final MachineObserver observer;
    private int head;
    private int size;
    private boolean decided;

    Captures(MachineSettings settings, Inputs inputs, Outbox out, MachineObserver observer) {
        this.once = settings.once();
        this.owners = new int[once ? 0 : settings.captureCapacity()];
        this.inputs = inputs;
        this.out = out;
        this.observer = observer;
    }

    /** True once the result of a run of one input is given: by a value, a stream or a failure. */
    boolean isDecided() {
        return decided;
    }

    void decide() {
        decided = true;
    }

    int size() {
        return size;
    }

    /** Hands an output out; false when too many wait to be taken. */
    boolean put(int input, Object value) {
        if (once) {
            if (decided) {
                observer.discarded();
            } else {
                decided = true;
                out.outputReady(value);
            }
            return true;
        }
        if (size == owners.length) {
            return false;
        }
        owners[(head + size++) % owners.length] = input;
        inputs.captured(input);
        observer.captured(size);
        out.outputReady(value);
        return true;
    }

    /** The longest waiting output was taken; false when none waits. */
    boolean take() {
        if (size == 0) {
            return false;
        }
        inputs.taken(owners[head]);
        head = (head + 1) % owners.length;
        size--;
        observer.captured(size);
        return true;
    }
}
