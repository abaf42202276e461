package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Chats.Work;
import dev.flowir.ir.NodeContext;
import dev.flowir.object.ObjectWriter;
import java.util.concurrent.TimeUnit;

/**
 * Tells a chat of calls outside, tools and the model alike: one record for each, also for those
 * that fail, with name, call, time and status.
 */
final class Calls {

    /** Status of a call that gave what was asked for. */
    static final String OK = "ok";

    private final Chats chats;

    Calls(Chats chats) {
        this.chats = chats;
    }

    /** What is called. */
    enum Kind {
        /** The model: {@code llm.done}, {@code llm.failed}. */
        LLM("llm"),
        /** A tool: {@code tool.done}, {@code tool.failed}. */
        TOOL("tool");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /** A call that is under way. */
    final class Call {

        private final Kind kind;
        private final String name;
        private final ObjectWriter objects;
        private final Work work;
        private final NodeContext context;
        private final long start = System.nanoTime();

        private Call(Kind kind, String name, ObjectWriter objects, Work work, NodeContext context) {
            this.kind = kind;
            this.name = name;
            this.objects = objects;
            this.work = work;
            this.context = context;
        }

        /** It is over: {@link #OK}, or a word for why not. */
        void over(String status) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            chats.append(
                    objects,
                    work,
                    kind.word + (status.equals(OK) ? ".done" : ".failed"),
                    work.operationId() + "." + name + "." + context.attempt(),
                    new Said.Called(
                            name,
                            context.idempotencyKey() + "." + context.attempt(),
                            millis,
                            status));
        }
    }

    Call begin(Kind kind, String name, ObjectWriter objects, Work work, NodeContext context) {
        return new Call(kind, name, objects, work, context);
    }
}
