package dev.flowir.object.agent;

import dev.flowir.ir.AttemptEndedException;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.Frame;
import dev.flowir.object.ObjectSocket;

/**
 * A method as clients call it: argument and answer go through codecs.
 *
 * @param <C> the class in Java
 */
sealed interface Callable<C extends AgentBody<?>> {

    String name();

    /** What a connection must be allowed to. */
    AgentClient.Access least();

    /** Calls it and sends what it answers. */
    void call(C agent, ObjectSocket socket, AgentClient client, Heard.Call call) throws Exception;

    /** One answer. */
    record Answering<C extends AgentBody<?>, I, O>(
            String name,
            AgentClient.Access least,
            Type<I> input,
            Type<O> output,
            AgentClass.Method<C, I, O> method)
            implements Callable<C> {

        @Override
        public void call(C agent, ObjectSocket socket, AgentClient client, Heard.Call call)
                throws Exception {
            O answer = method.call(agent, argument(input, call), client);
            socket.send(Said.result(call.id(), output, answer));
        }
    }

    /** Many items. */
    record Streaming<C extends AgentBody<?>, I, O>(
            String name,
            AgentClient.Access least,
            Type<I> input,
            Type<O> item,
            AgentClass.Stream<C, I, O> method)
            implements Callable<C> {

        @Override
        public void call(C agent, ObjectSocket socket, AgentClient client, Heard.Call call)
                throws Exception {
            long[] sent = {0};
            method.call(
                    agent,
                    argument(input, call),
                    client,
                    value -> {
                        sent[0]++;
                        send(agent, socket, Said.item(call.id(), sent[0], item, value));
                    });
            socket.send(Said.end(call.id(), sent[0]));
        }

        private static void send(AgentBody<?> agent, ObjectSocket socket, Frame frame)
                throws InterruptedException {
            boolean open =
                    agent.agent().self().isOutside()
                            ? pass(socket, frame)
                            : agent.agent().self().outside(() -> pass(socket, frame));
            if (!open) {
                throw new AttemptEndedException("the client left");
            }
        }

        private static boolean pass(ObjectSocket socket, Frame frame) throws InterruptedException {
            boolean open = socket.awaitRoom();
            socket.send(frame);
            return open;
        }
    }

    private static <I> I argument(Type<I> type, Heard.Call call) {
        try {
            JsonValue given = call.argument();
            return Json.read(type, given);
        } catch (CodecException e) {
            throw new AgentException(
                    AgentFault.BAD_ARGUMENT,
                    "the argument of '" + call.method() + "' is no " + type + ": " + e.getMessage(),
                    e);
        }
    }
}
