package dev.flowir.kernel;

import dev.flowir.kernel.cap.FaultKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs runs through SLF4J, under the name {@code dev.flowir.run}, each line with key-value pairs:
 * {@code run}, {@code flow}, each label of the invocation by its name (a host's {@code
 * lf.request_id}, {@code http.route}), and, where it is about one, {@code node} and its effect
 * {@code hints}. Failures are warnings with their {@code code}, repeats and given up attempts
 * information, everything else debugging. Where a capability's fault is behind a failure or a
 * repeat, {@code fault} is its {@link FaultKind}.
 */
public final class LoggingListener implements ExecutionListener {

    private static final Logger LOG = LoggerFactory.getLogger("dev.flowir.run");

    /** A listener that logs. */
    public LoggingListener() {}

    private static LoggingEventBuilder at(Level level, RunInfo run) {
        LoggingEventBuilder line = LOG.atLevel(level);
        if (LOG.isEnabledForLevel(level)) {
            line = line.addKeyValue("run", run.runId()).addKeyValue("flow", run.flow());
            for (Map.Entry<String, String> label : run.given().entrySet()) {
                if (!label.getKey().equals(RunInfo.RUN_ID)) {
                    line = line.addKeyValue(label.getKey(), label.getValue());
                }
            }
        }
        return line;
    }

    private static LoggingEventBuilder at(Level level, RunInfo run, String node) {
        LoggingEventBuilder line = at(level, run);
        if (LOG.isEnabledForLevel(level)) {
            line = line.addKeyValue("node", node);
            List<String> hints = run.hints(node);
            if (!hints.isEmpty()) {
                line = line.addKeyValue("hints", String.join(",", hints));
            }
        }
        return line;
    }

    private static LoggingEventBuilder fault(LoggingEventBuilder line, Throwable cause) {
        Optional<FaultKind> kind = FaultKind.of(cause);
        return kind.isPresent() ? line.addKeyValue("fault", kind.get().name()) : line;
    }

    @Override
    public void runStarted(RunInfo run) {
        if (LOG.isDebugEnabled()) {
            at(Level.DEBUG, run).log("run started");
        }
    }

    @Override
    public void runEnded(RunInfo run, Optional<Failure> failure, long nanos) {
        if (failure.isPresent()) {
            Failure why = failure.get();
            LoggingEventBuilder line = at(Level.WARN, run).addKeyValue("code", why.code());
            if (why instanceof Failure.NodeFailed failed) {
                line = fault(line.setCause(failed.cause()), failed.cause());
            }
            line.log("run failed: {}", why.message());
        } else if (LOG.isDebugEnabled()) {
            at(Level.DEBUG, run).log("run ended after {} us", nanos / 1000);
        }
    }

    @Override
    public void attemptEnded(RunInfo run, String node, int attempt, AttemptEnd end, long nanos) {
        if (LOG.isDebugEnabled()) {
            at(Level.DEBUG, run, node).log("attempt {} {} after {} us", attempt, end, nanos / 1000);
        }
    }

    @Override
    public void retrying(
            RunInfo run, String node, int attempt, long backoffNanos, Throwable cause) {
        fault(at(Level.INFO, run, node), cause)
                .log(
                        "attempt {} failed, next in {} ms: {}",
                        attempt,
                        backoffNanos / 1_000_000,
                        cause.toString());
    }

    @Override
    public void itemFailed(RunInfo run, String node, int index, Throwable cause) {
        fault(at(Level.WARN, run, node), cause)
                .log("item {} of the list failed: {}", index, cause.toString());
    }

    @Override
    public void lateResult(RunInfo run, String node) {
        at(Level.INFO, run, node).log("a late result was refused");
    }

    @Override
    public void cancelled(RunInfo run, String node, String reason) {
        at(Level.INFO, run, node).log("given up: {}", reason);
    }

    @Override
    public void stalled(RunInfo run, String node, String queue) {
        if (LOG.isDebugEnabled()) {
            at(Level.DEBUG, run, node).log("waits for room in {}", queue);
        }
    }

    @Override
    public void spilled(RunInfo run, String edge, long bytes) {
        if (LOG.isDebugEnabled()) {
            at(Level.DEBUG, run).log("{} spilled {} bytes", edge, bytes);
        }
    }

    @Override
    public void dropped(RunInfo run, String edge) {
        at(Level.INFO, run).log("{} was full and dropped an item", edge);
    }

    @Override
    public void deadEnd(RunInfo run, String why) {
        if (LOG.isDebugEnabled()) {
            at(Level.DEBUG, run).log("no output: {}", why);
        }
    }

    @Override
    public void sideFailed(RunInfo run, Failure failure) {
        at(Level.WARN, run)
                .addKeyValue("code", failure.code())
                .log("after the result was given: {}", failure.message());
    }

    @Override
    public void streamOpened(RunInfo run, String node) {
        if (LOG.isDebugEnabled()) {
            at(Level.DEBUG, run, node).log("stream opened");
        }
    }

    @Override
    public void streamClosed(RunInfo run, String node) {
        if (LOG.isDebugEnabled()) {
            at(Level.DEBUG, run, node).log("stream closed");
        }
    }
}
