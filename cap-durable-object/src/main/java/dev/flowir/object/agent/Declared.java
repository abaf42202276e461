package dev.flowir.object.agent;

import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.SlowClient;
import dev.flowir.object.SocketOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that a class of agents says about itself.
 *
 * @param <C> the class in Java
 * @param <S> type of the state
 */
record Declared<C extends AgentBody<S>, S>(
        String name,
        Type<S> state,
        S initial,
        Function<Agent<S>, C> constructor,
        Map<String, Callable<C>> methods,
        Map<String, Errand<C>> tasks,
        AgentClass.StateCheck<S> check,
        Function<WireRequest, AgentClient.Access> access,
        AgentLimits limits,
        SocketOptions sockets) {

    static <C extends AgentBody<S>, S> Declared<C, S> of(
            String name, Type<S> state, S initial, Function<Agent<S>, C> constructor) {
        return new Declared<>(
                name,
                state,
                initial,
                constructor,
                Map.of(),
                Map.of(),
                (before, next) -> Optional.empty(),
                request -> AgentClient.Access.WRITE,
                AgentLimits.defaults(),
                SocketOptions.defaults().with(SlowClient.SNAPSHOT).answering("ping", "pong"));
    }

    Declared<C, S> with(Callable<C> method) {
        Map<String, Callable<C>> all = new LinkedHashMap<>(methods);
        if (all.put(method.name(), method) != null) {
            throw new IllegalArgumentException("two methods are called '" + method.name() + "'");
        }
        return new Declared<>(
                name, state, initial, constructor, all, tasks, check, access, limits, sockets);
    }

    Declared<C, S> with(Errand<C> task) {
        Map<String, Errand<C>> all = new LinkedHashMap<>(tasks);
        if (all.put(task.name(), task) != null) {
            throw new IllegalArgumentException("two tasks are called '" + task.name() + "'");
        }
        return new Declared<>(
                name, state, initial, constructor, methods, all, check, access, limits, sockets);
    }

    Declared<C, S> with(AgentClass.StateCheck<S> newCheck) {
        return new Declared<>(
                name,
                state,
                initial,
                constructor,
                methods,
                tasks,
                newCheck,
                access,
                limits,
                sockets);
    }

    Declared<C, S> with(Function<WireRequest, AgentClient.Access> newAccess) {
        return new Declared<>(
                name,
                state,
                initial,
                constructor,
                methods,
                tasks,
                check,
                newAccess,
                limits,
                sockets);
    }

    Declared<C, S> with(AgentLimits newLimits) {
        return new Declared<>(
                name,
                state,
                initial,
                constructor,
                methods,
                tasks,
                check,
                access,
                newLimits,
                sockets);
    }

    Declared<C, S> with(SocketOptions newSockets) {
        return new Declared<>(
                name,
                state,
                initial,
                constructor,
                methods,
                tasks,
                check,
                access,
                limits,
                newSockets);
    }

    ObjectClass<C> objects() {
        return ObjectClass.of(name, self -> constructor.apply(new AgentCore<>(self, this)))
                .alarm(new TaskRunner<>(this))
                .sockets(new AgentSockets<>(this), sockets);
    }
}
