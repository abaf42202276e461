package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.JournalRecord;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.Replay;
import dev.flowir.kernel.journal.RunCore;
import dev.flowir.kernel.journal.Step;
import dev.flowir.kernel.journal.Turn;
import dev.flowir.kernel.journal.Value;
import dev.flowir.kernel.machine.MachineSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One durable run in an isolate, as the one object that has its name. Whatever comes takes the
 * turn: it is applied, written as one transaction of the object's storage, and only when that is on
 * the disk steps begin and callers are told. When the write fails what was applied is forgotten,
 * and the run is read again from its journal.
 */
final class EdgeRunKeeper {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** What the run is told, at a time of its clock. */
    interface News {
        List<Entry> entries(RunCore core, long atNanos);
    }

    private final Platform platform;
    private final EdgeRuns runs;
    private final EdgeHost host;
    private final JsObject js;
    private final EdgeLedger ledger;
    private final EdgeSuccession succession;
    private final EdgeRunStore store;
    private final EdgeTurns line;
    private final EdgeRunSteps steps;
    private final @Nullable EdgeRunTies ties;
    private @Nullable Replay replay;
    private String id = "";
    private int generation = 1;
    private Platform.@Nullable Timer timer;

    EdgeRunKeeper(EdgeHost host, EdgeRuns runs, JsObject js) {
        this.platform = host.platform();
        this.host = host;
        this.runs = runs;
        this.js = js;
        this.ledger = new EdgeLedger(js);
        this.line = new EdgeTurns(platform);
        this.succession = new EdgeSuccession(platform, runs, ledger, line);
        this.ties = ties();
        this.store = new EdgeRunStore(platform, runs, ledger, succession, ties);
        this.steps = new EdgeRunSteps(platform, end -> tell((core, at) -> List.of(end.at(at))));
    }

    @OnlyWith(value = Features.TIES, optional = true)
    private @Nullable EdgeRunTies ties() {
        return new EdgeRunTies(host, this, runs, ledger, line);
    }

    /** Something comes from the platform; it is answered once it is on the disk. */
    void take(JsObject.Event event) {
        platform.spawn(() -> {
            try {
                event.done(answer(event));
            } catch (JournalException refused) {
                event.failed(refused.fault().name(), refused.detail());
            } catch (RuntimeException | Error bug) {
                platform.log("run " + id + " failed: " + bug);
                event.failed("", String.valueOf(bug));
            }
        });
    }

    private String answer(JsObject.Event event) {
        if (event.kind().equals("alarm")) {
            ring();
            return "";
        }
        return switch (event.call()) {
            case "start" -> start(event.input());
            case "look" -> look();
            case "signal" -> signal(event.input());
            case "journal" -> journal();
            case EdgeSteering.RESTART -> restart(event.input());
            default -> {
                String told = ties == null ? null : ties.answer(event.call(), event.input());
                yield told == null ? steer(event.call(), event.input()) : told;
            }
        };
    }

    String id() {
        return id;
    }

    int generation() {
        return generation;
    }

    /** A flow of the worker that runs durably. */
    PinnedFlow pinned(Flow<?, ?> flow) {
        return runs.pinned(host, flow);
    }

    // ---- what is asked

    private String start(String text) {
        int at = text.indexOf('\n');
        PinnedFlow flow = runs.latest(host, text.substring(0, at));
        start(flow, text.substring(at + 1), "");
        return look();
    }

    /** Begins the run as one that another one waits for; how it ended, when it has. */
    String begin(String parent, String plan, String name, String input) {
        start(runs.find(host, new EdgeLedger.Pinned(js.name(), plan, name, 1)), input, parent);
        return ledger.outcome().orElse("");
    }

    private void start(PinnedFlow flow, String json, String parent) {
        Value input;
        try {
            input = flow.decodeInput(Payload.of(json.getBytes(UTF_8)));
        } catch (CodecException e) {
            throw new JournalException(JournalFault.INVALID, String.valueOf(e.getMessage()), e);
        }
        EdgeSignal.ensureSize("the input", input.encoded().size());
        line.take();
        try {
            Optional<EdgeLedger.Pinned> known = ledger.pinned();
            if (known.isEmpty()) {
                EdgeLedger.Pinned pin =
                        new EdgeLedger.Pinned(js.name(), flow.hash(), flow.name(), 1);
                EdgeRunDraft draft = new EdgeRunDraft();
                draft.parent = parent;
                Replay fresh = fresh(flow, pin, draft);
                tie(fresh.core());
                apply(
                        fresh,
                        new Entry.Started(
                                platform.nowNanos(),
                                input,
                                MachineSettings.NO_DEADLINE,
                                EdgeRunLimits.MAX_STEPS,
                                parent.isEmpty() ? 0 : 1),
                        draft);
                write(fresh, draft, false);
            } else if (!known.get().flow().equals(flow.name())) {
                throw new JournalException(
                        JournalFault.ALREADY_EXISTS,
                        "id '"
                                + known.get().id()
                                + "' belongs to a run of flow '"
                                + known.get().flow()
                                + "'");
            }
        } finally {
            line.give();
        }
    }

    private Replay fresh(PinnedFlow flow, EdgeLedger.Pinned pin, EdgeRunDraft draft) {
        id = pin.id();
        generation = pin.generation();
        draft.pin = pin;
        Replay fresh = Replay.fresh(flow, id, generation);
        replay = fresh;
        return fresh;
    }

    /** Begins the run anew as its next generation, from a node or, without one, from its input. */
    @OnlyWith(Features.ANEW)
    private String restart(String node) {
        line.take();
        try {
            EdgeLedger.Pinned was = known();
            PinnedFlow flow = runs.find(host, was);
            List<Entry> kept =
                    EdgeRestart.kept(flow, was, ledger.records(), node, platform.nowNanos());
            succession.beginNow();
            knowTies();
            forget();
            EdgeRunDraft draft = new EdgeRunDraft();
            Replay fresh = fresh(flow, EdgeRestart.next(was), draft);
            for (Entry entry : kept) {
                apply(fresh, entry, draft);
            }
            draft.launch.clear();
            fresh.core().inFlight().forEach(step -> draft.launch.add(step.issued()));
            write(fresh, draft, false);
        } finally {
            line.give();
        }
        return look();
    }

    /** What others were told of a run is to be known before it begins anew. */
    private void knowTies() {
        if (ties != null) {
            if (ledger.outcome().isEmpty()) {
                EdgeRestart.unlessParked(() -> read(new EdgeRunDraft()));
            }
            ties.restarted();
        }
    }

    private String signal(String text) {
        if (!bring((core, now) -> List.of(EdgeSignal.of(core.flow(), text, now)))) {
            throw new JournalException(
                    JournalFault.FULL, "too many signals wait in run '" + id + "'");
        }
        return look();
    }

    private String steer(String call, String text) {
        boolean taken =
                bring((core, at) ->
                        EdgeSteering.entries(call, text, core, at, platform.nowNanos()));
        if (!taken && call.equals(EdgeSteering.ANSWER)) {
            throw EdgeSteering.notAsked(id, text);
        }
        return look();
    }

    private String look() {
        EdgeLedger.Pinned pinned = known();
        Optional<String> outcome = ledger.outcome();
        if (outcome.isPresent()) {
            return EdgeRunView.of(pinned, outcome.get());
        }
        try {
            bring((core, now) -> List.of()); // a run that was not in memory goes on
        } catch (JournalException parked) {
            if (!parked.fault().parksRuns()) {
                throw parked;
            }
            return EdgeRunView.parked(pinned, String.valueOf(parked.getMessage()));
        }
        Optional<String> since = ledger.outcome();
        return since.isPresent()
                ? EdgeRunView.of(pinned, since.get())
                : EdgeRunView.moving(pinned, core());
    }

    private String journal() {
        known();
        return EdgeRunView.hex(ledger.records());
    }

    private EdgeLedger.Pinned known() {
        return ledger.pinned()
                .orElseThrow(() ->
                        new JournalException(JournalFault.NOT_FOUND, "no run '" + js.name() + "'"));
    }

    // ---- turns

    /** The alarm: what is due happens; the platform keeps the object while steps are under way. */
    private void ring() {
        if (ledger.pinned().isEmpty()) {
            return;
        }
        if (ties != null) {
            ties.deliver();
        }
        if (ledger.outcome().isPresent()) {
            succession.begin();
            line.take();
            try {
                succession.expire(ties);
            } finally {
                line.give();
            }
            return;
        }
        try {
            turn(EdgeRunKeeper::due, true);
        } catch (JournalException parked) {
            if (!parked.fault().parksRuns()) {
                throw parked;
            }
            platform.log("run " + id + " is parked: " + parked.getMessage());
        }
        long until = platform.nowNanos() + host.limits().eventBudget().toNanos();
        steps.awaitQuiet(until);
    }

    static List<Entry> due(RunCore core, long now) {
        List<Entry> entries = new ArrayList<>();
        for (long timer : core.due(now)) {
            entries.add(new Entry.Timer(now, timer));
        }
        return entries;
    }

    boolean bring(News news) {
        return turn(news, false);
    }

    private boolean turn(News news, boolean rung) {
        line.take();
        EdgeRunDraft draft = new EdgeRunDraft();
        boolean written = false;
        try {
            if (ledger.outcome().isPresent()) {
                throw new JournalException(
                        JournalFault.WRONG_STATE, "run '" + known().id() + "' is over");
            }
            Replay read = read(draft);
            boolean accepted = false;
            for (Entry entry : news.entries(read.core(), clock(read.core()))) {
                accepted |= apply(read, entry, draft);
            }
            write(read, draft, rung);
            written = true;
            return accepted;
        } finally {
            if (!written && !draft.records.isEmpty()) {
                forget();
            }
            line.give();
        }
    }

    private long clock(RunCore core) {
        long now = platform.nowNanos() - core.pausedNanos();
        return core.isPaused() ? core.lastNanos() : Math.max(core.lastNanos(), now);
    }

    private RunCore core() {
        Replay known = replay;
        if (known == null) {
            throw new IllegalStateException("run '" + id + "' was not read");
        }
        return known.core();
    }

    /** The run as its journal has it; what was under way in an isolate that is gone is lost. */
    private Replay read(EdgeRunDraft draft) {
        Replay known = replay;
        if (known == null) {
            EdgeLedger.Pinned pinned = known();
            id = pinned.id();
            generation = pinned.generation();
            known = Replay.of(runs.find(host, pinned), id, generation, ledger.records());
            replay = known;
            tie(known.core());
            draft.first = known.codec().count();
            for (Step step : known.core().inFlight()) {
                Entry lost =
                        new Entry.Lost(
                                clock(known.core()), step.ticket(), EdgeRunLimits.LOST_ATTEMPTS);
                apply(known, lost, draft);
            }
        } else {
            draft.first = known.codec().count();
        }
        return known;
    }

    private void tie(RunCore core) {
        if (ties != null) {
            ties.read(core);
        }
    }

    private boolean apply(Replay to, Entry entry, EdgeRunDraft draft) {
        Turn turn;
        try {
            turn = to.core().apply(entry);
        } catch (RuntimeException | Error bug) {
            forget();
            throw new JournalException(
                    JournalFault.DIVERGED, "the kernel failed on " + entry + ": " + bug, bug);
        }
        if (turn.accepted()) {
            draft.records.add(to.codec().write(new JournalRecord(entry, turn.issued())));
            draft.launch.addAll(turn.launch());
            draft.interrupted.addAll(turn.interrupted());
        }
        return turn.accepted();
    }

    private void write(Replay read, EdgeRunDraft draft, boolean rung) {
        if (!draft.records.isEmpty() || rung) {
            try {
                store.write(read, draft);
            } catch (RuntimeException | Error failed) {
                forget();
                throw failed;
            }
        }
        follow(read, draft);
    }

    // ---- what follows a write

    private void follow(Replay read, EdgeRunDraft draft) {
        if (ties != null) {
            ties.soon();
        }
        for (long ticket : draft.interrupted) {
            steps.giveUp(ticket);
        }
        if (read.core().isEnded()) {
            forget();
            succession.soon();
            return;
        }
        draft.launch.forEach(issued -> steps.launch(read.core(), id, generation, issued));
        setTimer(read.core());
    }

    /** While a body is at work here no alarm may ring: the clock of this isolate does. */
    private void setTimer(RunCore core) {
        forgetTimer();
        OptionalLong due = core.nextDueNanos();
        if (steps.areRunning() && due.isPresent() && !core.isPaused()) {
            long millis = EdgeRunStore.wallMillis(core, due.getAsLong()) - store.now();
            long soon = Math.min(Math.max(0, millis), EdgeRunLimits.WATCH_MILLIS);
            timer = platform.schedule(soon * NANOS_PER_MILLI, () -> tell(EdgeRunKeeper::due));
        }
    }

    private void forgetTimer() {
        Platform.Timer set = timer;
        timer = null;
        if (set != null) {
            set.cancel();
        }
    }

    /** Brings news that nobody waits for; what cannot be written is found out by the next alarm. */
    private void tell(News news) {
        try {
            bring(news);
        } catch (RuntimeException | Error failed) {
            platform.log("run " + id + ": nothing was written: " + failed);
        }
    }

    /** What was applied and not written never was; what is under way no longer counts. */
    private void forget() {
        replay = null;
        forgetTimer();
        steps.giveUpAll();
    }
}
