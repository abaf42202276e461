package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.kernel.journal.Awaited;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.RunCore;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Signals to a key that a run waits for: their addresses are told when a wait begins and ends. */
final class EdgeKeys implements EdgeTie {

    /** What an address brings to a run, and the answer of a run that has it. */
    static final String BRING = "keyed";

    static final String TAKEN = "taken";

    /** Whether a run waits for a signal now: it answers {@link #TAKEN} when it does. */
    static final String ASK = "waits";

    private final EdgeRunKeeper keeper;
    private final EdgeLedger ledger;
    private Set<String> told = Set.of();

    /** What is about to be written that came for an address. */
    private String[] taking = {};

    EdgeKeys(EdgeRunKeeper keeper, EdgeLedger ledger) {
        this.keeper = keeper;
        this.ledger = ledger;
    }

    private static Set<String> awaited(RunCore core) {
        Set<String> signals = new LinkedHashSet<>();
        if (!core.flow().waitsForKeys() || core.isEnded()) {
            return signals;
        }
        for (Awaited wait : core.waiting()) {
            Optional<String> signal = wait.signal();
            if (signal.isPresent() && signal.get().indexOf(':') > 0) {
                signals.add(signal.get());
            }
        }
        return signals;
    }

    @Override
    public void read(RunCore core) {
        told = awaited(core);
        taking = new String[0];
    }

    @Override
    public void restarted() {
        // what was told stays so until it is told otherwise
    }

    @Override
    public void tell(RunCore core, EdgeOutbox box) {
        Set<String> now = awaited(core);
        String flow = core.flow().name();
        for (String signal : told) {
            if (!now.contains(signal)) {
                tell(flow, signal, EdgeAddress.LEAVE, box);
            }
        }
        for (String signal : now) {
            if (!told.contains(signal)) {
                tell(flow, signal, EdgeAddress.AWAIT, box);
            }
        }
        told = now;
        if (taking.length > 0) {
            ledger.taken(taking[0], taking[1]);
            taking = new String[0];
        }
    }

    private void tell(String flow, String signal, String call, EdgeOutbox box) {
        box.add(EdgeAddress.name(flow, signal), call, EdgeParts.join(flow, signal, keeper.id()));
    }

    @Override
    public @Nullable String answer(String call, String input) {
        return switch (call) {
            case BRING -> bring(input);
            case ASK -> waits(input) ? TAKEN : "";
            default -> null;
        };
    }

    private boolean waits(String signal) {
        boolean[] waits = new boolean[1];
        try {
            keeper.bring((core, at) -> {
                waits[0] = awaited(core).contains(signal);
                return List.of();
            });
        } catch (JournalException over) {
            ensureOver(over);
        }
        return waits[0];
    }

    private static void ensureOver(JournalException it) {
        if (it.fault() != JournalFault.WRONG_STATE && it.fault() != JournalFault.NOT_FOUND) {
            throw it;
        }
    }

    private String bring(String input) {
        List<String> parts = EdgeParts.split(input);
        String signal = parts.get(0);
        String number = parts.get(1);
        if (ledger.took(signal).equals(number)) {
            return TAKEN;
        }
        Payload payload = Payload.of(parts.get(2).getBytes(UTF_8));
        try {
            boolean took =
                    keeper.bring((core, at) -> {
                        if (!awaited(core).contains(signal)) {
                            return List.of();
                        }
                        taking = new String[] {signal, number};
                        return List.of(new Entry.Signalled(at, signal, payload));
                    });
            return took ? TAKEN : "";
        } catch (JournalException over) {
            ensureOver(over);
            return "";
        }
    }

    @Override
    public void answered(EdgeOutbox.Message message, String answer) {
        // an address that knows has nothing to add: what it keeps it brings
    }

    @Override
    public void refused(EdgeOutbox.Message message, JournalException why) {
        // an address refuses no run
    }
}
