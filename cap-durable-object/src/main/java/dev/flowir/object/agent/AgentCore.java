package dev.flowir.object.agent;

import dev.flowir.kernel.cap.Frame;
import dev.flowir.object.Cell;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectSocket;
import dev.flowir.object.StoredKey;
import java.util.Optional;
import java.util.OptionalLong;

/** One life of an agent: its state, and what its clients are told. */
final class AgentCore<S> implements Agent<S> {

    /** What all entries of an agent begin with. */
    static final String PREFIX = "flowir.agent/";

    /** What the names of tasks begin with that are not the class's own. */
    static final String OURS = "flowir.";

    private final ObjectContext self;
    private final Declared<?, S> declared;
    private final Cell<S> state;
    private final Chronicle chronicle;
    private final Tasks tasks;
    private final RunTable runs;

    AgentCore(ObjectContext self, Declared<?, S> declared) {
        this.self = self;
        this.declared = declared;
        this.state =
                self.cell(new StoredKey<>(PREFIX + "state", declared.state()), declared.initial());
        this.chronicle = new Chronicle(self, declared.limits().maxEvents());
        this.tasks = new Tasks(self, declared.tasks().keySet(), declared.limits());
        this.runs = new RunTable(self, declared, tasks);
    }

    /** What an agent was made with. */
    @SuppressWarnings("unchecked") // an agent gives back what it was made with
    static <S> AgentCore<S> of(AgentBody<S> body) {
        if (body.agent() instanceof AgentCore<?> core) {
            return (AgentCore<S>) core;
        }
        throw new IllegalStateException(
                body.getClass().getName() + ".agent() must give what its constructor was given");
    }

    @Override
    public ObjectContext self() {
        return self;
    }

    @Override
    public S state() {
        return state.get();
    }

    @Override
    public long version() {
        return chronicle.version();
    }

    long stateVersion() {
        return chronicle.stateVersion();
    }

    @Override
    public void setState(S next) {
        Optional<String> refusal = change(next, Optional.empty());
        if (refusal.isPresent()) {
            throw new AgentException(AgentFault.STATE_REFUSED, refusal.get());
        }
    }

    /** Changes the state unless the check refuses, and tells everybody but its source. */
    Optional<String> change(S next, Optional<ObjectSocket> source) {
        Optional<String> refusal = declared.check().refusal(state.get(), next);
        if (refusal.isPresent()) {
            return refusal;
        }
        String text = Json.text(declared.state(), next);
        state.set(next);
        Frame frame = Said.state(chronicle.changed(), text);
        for (ObjectSocket socket : self.sockets()) {
            if (source.filter(one -> one.id().equals(socket.id())).isEmpty()) {
                socket.send(frame);
            }
        }
        return Optional.empty();
    }

    @Override
    public <T> void publish(AgentEvent<T> event, T data) {
        tellAll(chronicle.add(event, Optional.empty(), data));
    }

    @Override
    public <T> boolean publishOnce(AgentEvent<T> event, String key, T data) {
        if (chronicle.knows(key)) {
            return false;
        }
        tellAll(chronicle.add(event, Optional.of(key), data));
        return true;
    }

    @Override
    public <T> void notice(AgentEvent<T> event, String key, T data) {
        tellAll(Said.notice(event, key, data));
    }

    @Override
    public Schedules schedules() {
        return tasks;
    }

    @Override
    public Runs runs() {
        return runs;
    }

    Tasks tasks() {
        return tasks;
    }

    private void tellAll(Frame frame) {
        self.sockets().forEach(socket -> socket.send(frame));
    }

    /** Brings a client up to date: what it has missed since a version, or the state. */
    void welcome(ObjectSocket socket, AgentClient.Access access, OptionalLong since) {
        if (since.isPresent() && chronicle.reachesBack(since.getAsLong())) {
            chronicle.replay(since.getAsLong(), shown()).forEach(socket::send);
            return;
        }
        socket.send(Said.snapshot(chronicle.version(), access, since.isPresent(), shown()));
    }

    private String shown() {
        return Json.text(declared.state(), state.get());
    }
}
