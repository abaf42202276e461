package dev.flowir.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a broker says of a queue whose settings others change. */
class SharedKeeperTest {

    /** What was asked, and by what settings. */
    private record Asked(long revision, long messages) {}

    private final AtomicReference<SharedQueues.Known> known =
            new AtomicReference<>(known(1, QueueSettings.defaults()));
    private final AtomicReference<SharedQueues.Told> hears = new AtomicReference<>();
    private final List<Asked> asked = new ArrayList<>();

    private static SharedQueues.Known known(long revision, QueueSettings settings) {
        return new SharedQueues.Known("q", revision, false, Texts.SETTINGS.write(settings));
    }

    private Object answer(String method, Object[] given) {
        return switch (method) {
            case "nowMillis" -> 0L;
            case "queues" -> List.of(known.get());
            case "queue" -> Optional.of(known.get());
            case "listen" -> {
                hears.set((SharedQueues.Told) given[0]);
                yield null;
            }
            case "append" -> {
                long revision = (Long) given[1];
                asked.add(new Asked(revision, ((SharedQueues.Room) given[2]).messages()));
                yield revision == known.get().revision()
                        ? new SharedQueues.Appended.Done(new QueueMetrics(1, 1, Optional.empty()))
                        : new SharedQueues.Appended.Outdated();
            }
            default -> throw new IllegalStateException("nobody asks for " + method);
        };
    }

    private final Keeper.Told ignored =
            new Keeper.Told() {
                @Override
                public void woken(String queue) {}

                @Override
                public void roomier(String queue) {}

                @Override
                public void changed(QueueRow row) {}
            };

    @Test
    void q115_whoKeepsToOlderSettingsDoesNotSayTheNewestRevision() {
        SharedQueues queues =
                (SharedQueues)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {SharedQueues.class},
                                (self, method, given) -> answer(method.getName(), given));
        SharedKeeper keeper =
                new SharedKeeper(
                        queues, Descriptor.Durability.LOCAL_DISK, BrokerOptions.defaults());
        QueueRow before = keeper.open(ignored).getFirst();

        known.set(known(2, QueueSettings.defaults().bound(Bound.rejecting(1))));
        hears.get().changed("q");
        Ledger.Appended sent = keeper.append(before, Scope.outside("test").fence(), List.of());

        assertInstanceOf(Ledger.Appended.Done.class, sent);
        assertEquals(
                List.of(new Asked(1, QueueSettings.defaults().bound().messages()), new Asked(2, 1)),
                asked);
    }
}
