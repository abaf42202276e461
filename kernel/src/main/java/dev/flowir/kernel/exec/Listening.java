package dev.flowir.kernel.exec;

import dev.flowir.kernel.ExecutionListener;
import dev.flowir.kernel.RunInfo;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of a runtime. One that throws is logged and has no part in what the run does. */
public final class Listening {

    private static final Logger LOG = LoggerFactory.getLogger(ExecutionListener.class);

    private final List<ExecutionListener> listeners;

    /** These listeners, told in this order. */
    public Listening(List<ExecutionListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /** False when nobody listens: nothing needs to be measured. */
    boolean isActive() {
        return !listeners.isEmpty();
    }

    void tell(RunInfo run, Consumer<ExecutionListener> what) {
        for (ExecutionListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException | Error thrown) {
                LOG.warn("listener {} failed in {}", listener.getClass().getName(), run, thrown);
            }
        }
    }
}
