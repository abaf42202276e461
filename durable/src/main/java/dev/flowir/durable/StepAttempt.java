package dev.flowir.durable;

import dev.flowir.ir.AttemptEndedException;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Done;
import dev.flowir.ir.Handles;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Token;
import dev.flowir.kernel.ExecutionListener.AttemptEnd;
import dev.flowir.kernel.RecordedException;
import dev.flowir.kernel.cap.AttemptHandles;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.host.TimeSource;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RunRow;
import dev.flowir.kernel.journal.RunTelling;
import dev.flowir.kernel.journal.Step;
import dev.flowir.kernel.journal.Undoable;
import dev.flowir.kernel.journal.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at a step: what its body sees, what stops it, and the fence of its late effects. */
final class StepAttempt implements NodeContext, Handles, Fence {

    private static final Logger LOG = LoggerFactory.getLogger(StepAttempt.class);

    /** How a body ended, before anybody wrote it down. */
    sealed interface End {

        /** The same for listeners. */
        default AttemptEnd how() {
            return switch (this) {
                case Gave ignored -> AttemptEnd.COMPLETED;
                case GaveNothing ignored -> AttemptEnd.EMPTY;
                case Threw ignored -> AttemptEnd.FAILED;
            };
        }
    }

    /** It gave a value. */
    record Gave(Value value) implements End {}

    /** It gave nothing. */
    record GaveNothing() implements End {}

    /** It failed. */
    record Threw(RecordedException error) implements End {}

    private final PinnedFlow flow;
    private final RunRow row;
    private final Step step;
    private final DurableLimits limits;
    private final AttemptHandles handles;
    private final CompletableFuture<Boolean> over = new CompletableFuture<>();
    private Object input;
    private @Nullable StepPermit permit;
    private volatile @Nullable String key;
    private volatile boolean givenUp;
    private @Nullable Thread thread;

    StepAttempt(PinnedFlow flow, RunRow row, Step step, DurableLimits limits) {
        this.flow = flow;
        this.row = row;
        this.step = step;
        this.input = step.input();
        this.limits = limits;
        this.handles = new AttemptHandles(this, this, asked -> flow.provider(step.node(), asked));
    }

    /** Its node says how many of its bodies run at a time. Before it is launched. */
    void needs(StepPermit needed) {
        permit = needed;
    }

    Step step() {
        return step;
    }

    /** What the run is told. */
    Entry entry(End end, long atNanos) {
        return switch (end) {
            case Gave gave ->
                    new Entry.Completed(
                            atNanos, step.ticket(), step.node(), recorded(gave.value()));
            case GaveNothing ignored -> new Entry.Empty(atNanos, step.ticket(), step.node());
            case Threw threw ->
                    new Entry.Failed(atNanos, step.ticket(), step.node(), threw.error());
        };
    }

    /**
     * What is recorded for a value: one that is too long is stored beside the journal first. A disk
     * that is full fails the write, as it does for a record, and not the step.
     */
    private Value recorded(Value value) {
        if (value.encoded().size() <= limits.maxPayloadBytes()) {
            return value;
        }
        try {
            return new Value(value.object(), flow.elsewhere(value.encoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the body on this thread, and has it told. */
    End run(Consumer<RunTelling.Telling> teller, TimeSource time) {
        long began = time.nanos();
        teller.accept((to, run) -> to.attemptStarted(run, node(), attempt()));
        End end = run();
        long nanos = Math.max(0, time.nanos() - began);
        AttemptEnd how = givenUp ? AttemptEnd.GIVEN_UP : end.how();
        teller.accept((to, run) -> to.attemptEnded(run, node(), attempt(), how, nanos));
        if (how == AttemptEnd.GIVEN_UP) {
            teller.accept((to, run) -> to.lateResult(run, node()));
        }
        return end;
    }

    private End run() {
        if (permit != null && !permit.begins()) {
            return new Threw( // which nobody hears of: it was given up before it began
                    RecordedException.of(new AttemptEndedException("given up before it began")));
        }
        enter();
        try {
            if (permit != null) {
                permit.check();
            }
            Optional<End> keyless = prepare();
            if (keyless.isPresent()) {
                return keyless.get();
            }
            if (!(flow.body(step.node()) instanceof NodeBody.Single body)) {
                throw new IllegalStateException("a streaming body cannot be a step");
            }
            return end(body.run(input, this, this));
        } catch (Throwable thrown) { // whatever a body throws is a failure of its node
            return new Threw(RecordedException.of(thrown));
        } finally {
            closeHandles();
            exit();
            over.complete(true);
            if (permit != null) {
                permit.ended();
            }
        }
    }

    /** Finds out what the body gets and its key; how the attempt ends when the input has none. */
    private Optional<End> prepare() {
        try {
            if (step.input() instanceof Undoable it) {
                input = new Done<>(it.input(), it.output(), keyGivenTo(it));
            }
            if (!flow.key(step.node()).isOfItem()) { // else it cannot fail, and few ask for it
                key = key(step.node(), step.issued().item(), input);
            }
            return Optional.empty();
        } catch (CodecException e) {
            return Optional.of(refused(JournalFault.NO_KEY, String.valueOf(e.getMessage())));
        }
    }

    /** Empty when its input had none: then its body was not called. */
    private String keyGivenTo(Undoable undone) {
        try {
            return key(undone.node(), undone.item(), undone.input());
        } catch (CodecException e) {
            return "";
        }
    }

    private String key(int node, long item, Object of) throws CodecException {
        String run = row.generation() == 1 ? row.id() : row.id() + "#" + row.generation();
        return flow.key(node).of(run, item, of);
    }

    @SuppressWarnings("ConstantValue") // a user's body can return null whatever its type says
    private End end(@Nullable Object output) {
        if (output == null) {
            throw NodeBody.gaveNull(node());
        }
        if (output == NodeBody.NoOutput.NONE) {
            return new GaveNothing();
        }
        Value value;
        try {
            value = flow.value(step.node(), output);
        } catch (CodecException e) {
            return refused(JournalFault.NOT_ENCODABLE, "the result cannot be recorded: " + e);
        }
        int size = value.encoded().size();
        int most = limits.mostBytes(flow);
        if (size > most) {
            return refused(
                    JournalFault.TOO_LARGE,
                    "the result has " + size + " bytes; " + most + " are allowed");
        }
        return new Gave(value);
    }

    private static End refused(JournalFault fault, String why) {
        return new Threw(
                new RecordedException("ResultRefused", "[" + fault.code() + "] " + why, false));
    }

    private void closeHandles() {
        handles.attemptEnded(
                thrown -> LOG.warn("{}: cleaning up after '{}' failed", row.id(), node(), thrown));
    }

    // ---- stopping

    /** Completed when the body is no longer at work, whether or not it still counted. */
    CompletableFuture<Boolean> over() {
        return over;
    }

    private synchronized void enter() {
        thread = Thread.currentThread();
        if (givenUp) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void exit() {
        thread = null;
        if (givenUp) {
            Thread.interrupted(); // ours, and meant for the body only
        }
    }

    /** Ends the attempt: from now on nothing that it does counts. */
    synchronized void giveUp() {
        givenUp = true;
        if (permit != null && permit.giveUp()) {
            over.complete(true);
        }
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public boolean isCurrent() {
        return !givenUp;
    }

    // ---- what the body sees

    @Override
    public String runId() {
        return row.id();
    }

    @Override
    public String flow() {
        return flow.name();
    }

    @Override
    public String node() {
        return flow.alias(step.node());
    }

    @Override
    public int attempt() {
        return step.issued().attempt();
    }

    @Override
    public String idempotencyKey() {
        String known = key;
        if (known == null) {
            try {
                known = key(step.node(), step.issued().item(), input);
            } catch (CodecException e) {
                throw new IllegalStateException("a key without fields was refused", e);
            }
            key = known;
        }
        return known;
    }

    @Override
    public boolean cancelled() {
        return givenUp;
    }

    @Override
    public void checkpoint() {
        if (givenUp) {
            throw new AttemptEndedException("the attempt at '" + node() + "' was given up");
        }
    }

    @Override
    public OptionalLong remainingNanos() {
        return OptionalLong.empty();
    }

    @Override
    public <H> H get(Token<H> token) {
        return handles.get(token);
    }
}
