package dev.flowir.kernel.exec;

import dev.flowir.ir.plan.Plan;
import dev.flowir.kernel.ExecutionListener;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.machine.MachineObserver;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of a runtime. One that throws is logged and has no part in what the run does. */
public final class Listening {

    private static final Logger LOG = LoggerFactory.getLogger(ExecutionListener.class);

    /** What happens in every run, or when one is given up. */
    private static final Set<String> STEPS =
            Set.of("attemptStarted", "attemptEnded", "queueDepth", "cancelled", "lateResult");

    private final List<ExecutionListener> listeners;

    /** These listeners, told in this order. */
    public Listening(List<ExecutionListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /** False when nobody listens: nothing needs to be measured. */
    boolean isActive() {
        return !listeners.isEmpty();
    }

    /**
     * True when nobody hears more than the begin and the end of runs, and what the machine alone
     * can tell: then a run needs nothing to be told step by step.
     */
    boolean hearsOnlyRuns() {
        for (ExecutionListener listener : listeners) {
            for (Method told : ExecutionListener.class.getMethods()) {
                if (STEPS.contains(told.getName()) && isOverridden(told, listener.getClass())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isOverridden(Method told, Class<?> by) {
        try {
            Method heard = by.getMethod(told.getName(), told.getParameterTypes());
            return heard.getDeclaringClass() != ExecutionListener.class;
        } catch (NoSuchMethodException hidden) {
            return true;
        }
    }

    /** What the machine of a run tells them. */
    MachineObserver observer(Plan plan, RunInfo run) {
        return isActive()
                ? new RunObserver(plan, run, what -> tell(run, what))
                : MachineObserver.NONE;
    }

    /** Has all of them told, in order. */
    public void tell(RunInfo run, Consumer<ExecutionListener> what) {
        for (ExecutionListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException | Error thrown) {
                LOG.warn("listener {} failed in {}", listener.getClass().getName(), run, thrown);
            }
        }
    }
}
