package dev.flowir.object.log;

import dev.flowir.kernel.cap.Wire;
import dev.flowir.kernel.cap.WireEnd;
import dev.flowir.kernel.cap.WireEnds;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectSpace;
import java.util.function.Function;

/** Takes clients that follow logs. */
final class LogWires<S, E> implements WireEnds {

    private final LogObjects<S, E> logs;
    private final ObjectSpace space;
    private final Function<WireRequest, String> name;

    LogWires(LogObjects<S, E> logs, ObjectSpace space, Function<WireRequest, String> name) {
        this.logs = logs;
        this.space = space;
        this.name = name;
    }

    @Override
    public WireEnd open(WireRequest request, Wire wire) {
        LogWire<S, E> client = new LogWire<>(wire, logs.json());
        try {
            ObjectRef<EventLog<S, E>> log = space.of(logs.type()).named(name.apply(request));
            long since = request.since().orElse(-1);
            client.follow(logs.subscribe(log, since, Slow.TO_SNAPSHOT, client::ring));
        } catch (ObjectException refused) {
            client.end(LogWire.POLICY, "no such name");
        } catch (LogException full) {
            client.end(LogWire.TRY_AGAIN_LATER, "try again later");
        }
        return client;
    }
}
