package dev.flowir.kernel.exec;

import dev.flowir.ir.Type;
import dev.flowir.kernel.machine.Event;
import dev.flowir.kernel.machine.Offer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Spill commands of one run, executed on virtual threads: a store may be slow. */
final class Spills {

    private static final Logger LOG = LoggerFactory.getLogger(Spills.class);

    private final Driver driver;
    private final Optional<Spilling> spilling;

    Spills(Driver driver, Optional<Spilling> spilling) {
        this.driver = driver;
        this.spilling = spilling;
    }

    void store(long ticket, int edge, Object payload, long minBytes) {
        start(() -> {
            Event answer = stored(ticket, edge, payload, minBytes);
            if (driver.exchange(answer) == Offer.LATE && answer instanceof Event.SpillStored late) {
                delete(late.reference());
            }
        });
    }

    private Event stored(long ticket, int edge, Object payload, long minBytes) {
        Prepared prepared = driver.prepared();
        try {
            byte[] bytes = spilling().encode(prepared.typeOf(edge), payload);
            if (bytes.length < minBytes) {
                return new Event.SpillKept(driver.now(), ticket);
            }
            String tier = prepared.plan().edge(edge).spill().orElseThrow().tier();
            String reference = spilling().store(tier, bytes);
            return new Event.SpillStored(driver.now(), ticket, reference, bytes.length);
        } catch (Exception | Error failed) { // the store's or the codec's: fails the run
            return new Event.SpillFailed(driver.now(), ticket, edge, failed);
        }
    }

    void load(long ticket, int part, int edge, Object reference) {
        start(() -> driver.exchange(loaded(ticket, part, edge, reference)));
    }

    private Event loaded(long ticket, int part, int edge, Object reference) {
        Type<?> type = driver.prepared().typeOf(edge);
        try {
            Object payload = spilling().load(type, (String) reference);
            return new Event.SpillLoaded(driver.now(), ticket, part, payload);
        } catch (Exception | Error failed) { // the store's or the codec's: fails the run
            return new Event.SpillFailed(driver.now(), ticket, edge, failed);
        }
    }

    void delete(Object reference) {
        start(() -> {
            try {
                spilling().delete((String) reference);
            } catch (Exception | Error failed) {
                LOG.warn(
                        "{}: spilled item {} could not be deleted",
                        driver.info(),
                        reference,
                        failed);
            }
        });
    }

    private Spilling spilling() {
        return spilling.orElseThrow();
    }

    private static void start(Runnable task) {
        Thread.ofVirtual().name("flowir-spill").start(task);
    }
}
