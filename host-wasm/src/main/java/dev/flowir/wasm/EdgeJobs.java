package dev.flowir.wasm;

import dev.flowir.ir.CodecException;
import dev.flowir.kernel.Failure;
import java.util.List;
import java.util.Optional;

/** Runs flows for messages and for moments of schedules. */
final class EdgeJobs {

    private static final long NOT_SAID = -1;

    private final EdgeHost host;
    private final List<EdgeJob> jobs;

    EdgeJobs(EdgeHost host, List<EdgeJob> jobs) {
        this.host = host;
        this.jobs = jobs;
    }

    /**
     * Runs a flow for each message of a batch, all at once, and settles each by itself: what one
     * does never brings another back. Returns when all are settled.
     */
    void consume(JsBatch batch) {
        Platform platform = host.platform();
        Platform.Parking settled = platform.parking();
        int[] open = {batch.size()};
        for (int i = 0; i < batch.size(); i++) {
            JsBatch.Message message = batch.message(i);
            platform.spawn(() -> {
                try {
                    settle(batch.queue(), message);
                } finally {
                    open[0]--;
                    settled.unpark();
                }
            });
        }
        while (open[0] > 0) {
            settled.park();
        }
    }

    private void settle(String queue, JsBatch.Message message) {
        long delaySeconds = NOT_SAID;
        EdgeLog line = EdgeLog.of("no flow takes messages of this queue");
        for (EdgeJob job : jobs) {
            if (job.cause() instanceof EdgeJob.Message of && of.queue().equals(queue)) {
                delaySeconds = of.consumer().delaySeconds(message.attempts());
                Optional<EdgeLog> failed = failed(job, message);
                if (failed.isEmpty()) {
                    message.ack();
                    return;
                }
                line = failed.get();
            }
        }
        line.with("queue", queue).with("lf.event_id", message.id()).to(host.platform());
        message.retry((double) delaySeconds);
    }

    private Optional<EdgeLog> failed(EdgeJob job, JsBatch.Message message) {
        String flow = job.flow().name();
        String what = "message failed at attempt " + message.attempts();
        Object input;
        try {
            input = host.forms().edge(job.flow().input()).read(message.text());
        } catch (CodecException unreadable) {
            return Optional.of(
                    EdgeLog.of(what + ": " + unreadable.getMessage())
                            .with("flow", flow)
                            .with("code", unreadable.code()));
        }
        try {
            Optional<Failure> failure = job.run(host, input, message.id());
            return failure.isEmpty()
                    ? Optional.empty()
                    : Optional.of(EdgeLog.failed(what, flow, job.program(host), failure.get()));
        } catch (RuntimeException | Error bug) { // one message's bug is not the batch's
            return Optional.of(EdgeLog.of(what + ": " + bug).with("flow", flow));
        }
    }

    private static String told(Failure failure) {
        return failure.code() + " " + failure.message();
    }

    /**
     * Runs the flows of a schedule one after another, all of them.
     *
     * @return why some failed; empty when none did
     */
    String fire(String cron, long atMillis) {
        StringBuilder why = new StringBuilder();
        boolean known = false;
        for (EdgeJob job : jobs) {
            if (job.cause() instanceof EdgeJob.Moment moment && moment.cron().equals(cron)) {
                known = true;
                Object input = moment.input().apply(atMillis);
                String id = job.flow().name() + "@" + atMillis;
                job.run(host, input, id).ifPresent(it -> why.append(told(it)).append("; "));
            }
        }
        return known ? why.toString() : "no flow runs at '" + cron + "'";
    }
}
