package dev.flowir.examples.imagepipeline;

import dev.flowir.durable.DurableRuntime;
import dev.flowir.durable.HistoryEvent;
import dev.flowir.durable.RunView;
import dev.flowir.examples.imagepipeline.Messages.FailedRun;
import dev.flowir.examples.imagepipeline.Messages.Job;
import dev.flowir.examples.imagepipeline.Messages.Notified;
import dev.flowir.examples.imagepipeline.Messages.RunFound;
import dev.flowir.examples.imagepipeline.Messages.RunLookup;
import dev.flowir.examples.imagepipeline.Messages.RunMissing;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.ExecutionListener;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.RunInfo;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.queue.Broker;
import dev.flowir.queue.Redrives;
import dev.flowir.sql.SqlWriter;
import dev.flowir.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable runs: one for each identity, one more each time it is replayed. What is to be done
 * about a run that failed for good is a run of its own, {@code <run>-failed}, so that a row says
 * so, and clients hear of it, whatever becomes of the process meanwhile.
 */
final class Runs implements ExecutionListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    /** Failed runs that are looked at when it starts; more are left to later starts. */
    private static final int AT_START = 100_000;

    private static final Codec<Job> JOB = JsonCodecs.strict().of(Type.of(Job.class));

    private final Flow<Job, Notified> classify;
    private final Flow<FailedRun, Notified> failed;
    private final SqlWriter db;
    private final InstantSource clock;
    private final DurableRuntime runtime;

    /** Until then failures are left to be found by {@link #start}. */
    private volatile boolean started;

    /** Opens the runs that are in the store. */
    Runs(
            ClassificationFlow flows,
            Store store,
            Broker broker,
            SqlWriter db,
            Capabilities capabilities,
            Time time) {
        this.classify = flows.flow();
        this.failed = flows.failed();
        this.db = db;
        this.clock = time.timeline();
        var builder =
                DurableRuntime.on(store)
                        .flows(classify, failed, Approval.FLOW)
                        .capabilities(capabilities)
                        .listener(this);
        time.steps().ifPresent(builder::time);
        time.runs().ifPresent(builder::threads);
        if (store.file().isPresent()) {
            builder.admin(Redrives.TOPIC, Redrives.of(broker));
        }
        this.runtime = builder.open();
    }

    /** What a process that was killed left: failed runs that nobody was told of. */
    void start() {
        started = true;
        List<RunState> without = List.of(RunState.FAILED, RunState.TERMINATED);
        for (RunView run : runtime.list(without, AT_START)) {
            if (run.flow().equals(classify.name())) {
                tell(run.id(), run.failure().orElse("terminated"));
            }
        }
    }

    DurableRuntime runtime() {
        return runtime;
    }

    /**
     * Records runs and rows in one transaction. For an identity that has a run nothing is recorded.
     */
    void begin(List<Job> jobs) {
        db.atomically(tx -> {
            for (Job job : jobs) {
                if (runtime.enqueue(classify, job.identity(), job)) {
                    Classifications.begin(tx, job, clock.millis());
                }
            }
            return jobs.size();
        });
    }

    /** One more run for work that failed, in the transaction that the caller is in. */
    void beginAgain(SqlWriter tx, Job job) {
        int drive = 2;
        while (!runtime.enqueue(classify, job.identity() + "-" + drive, job)) {
            drive++;
        }
        Classifications.queuedAgain(tx, job, clock.millis());
    }

    /** How a run stands. */
    RunLookup look(String id) {
        return runtime.find(id)
                .<RunLookup>map(run ->
                        new RunFound(
                                run.id(),
                                run.state().toString(),
                                runtime.history(id).stream()
                                        .flatMap(event -> event.began().stream())
                                        .map(began -> began.replaceFirst("#\\d+$", ""))
                                        .distinct()
                                        .toList(),
                                run.failure()))
                .orElseGet(RunMissing::new);
    }

    @Override
    public void runEnded(RunInfo run, Optional<Failure> failure, long nanos) {
        if (started && run.flow().equals(classify.name())) {
            failure.ifPresent(why -> tell(run.runId(), why.message()));
        }
    }

    private void tell(String run, String why) {
        String telling = run + "-failed";
        if (runtime.find(telling).isPresent()) {
            return;
        }
        try {
            HistoryEvent first = runtime.history(run).getFirst();
            Job job = JOB.decode(first.payload().getBytes(StandardCharsets.UTF_8));
            runtime.enqueue(failed, telling, new FailedRun(run, job, why));
        } catch (CodecException | JournalException unreadable) {
            LOG.warn("run {} failed and nobody is told; it is tried at the next start", run);
            LOG.warn("because of", unreadable);
        }
    }

    @Override
    public void close() {
        runtime.close();
    }
}
