package dev.flowir.cli;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Run;
import dev.flowir.kernel.Runtime;
import java.time.Duration;
import java.util.Optional;

/** Runs a flow once: JSON in, JSON out, one line per output. */
final class OneRun {

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Console console;
    private final Runtime.Builder runtimes;
    private final Optional<Duration> deadline;
    private final JsonCodecs codecs = JsonCodecs.strict();

    OneRun(Console console, Runtime.Builder runtimes, Optional<Duration> deadline) {
        this.console = console;
        this.runtimes = runtimes;
        this.deadline = deadline;
    }

    <I, O> int of(Flow<I, O> flow, byte[] input) {
        I decoded;
        try {
            decoded = codecs.of(flow.input()).decode(input);
        } catch (CodecException refused) {
            throw new RefusedCommand("the input is refused: " + describe(refused));
        }
        Invocation<I> plain = Invocation.of(decoded);
        Invocation<I> invocation = deadline.map(plain::within).orElse(plain);
        try (Runtime runtime = runtimes.build()) {
            Run<O> run = runtime.start(flow, invocation);
            // Ctrl-C ends the run in order; after a run that is over this does nothing
            java.lang.Runtime.getRuntime().addShutdownHook(new Thread(() -> end(runtime, run)));
            return print(flow, run);
        }
    }

    private static void end(Runtime runtime, Run<?> run) {
        run.cancel("interrupted by the user");
        runtime.close(GRACE);
    }

    private <O> int print(Flow<?, O> flow, Run<O> run) {
        try {
            return switch (run.await()) {
                case Result.Failed<O> failed -> failed(failed.failure());
                case Result.Value<O> value when value.value() instanceof ItemStream<?> stream ->
                        printItems(flow, stream);
                case Result.Value<O> value -> {
                    print(value.value(), flow.output());
                    yield ExitCode.OK;
                }
            };
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            run.cancel("interrupted");
            return ExitCode.INVALID;
        } catch (CodecException unwritable) {
            return failed(unwritable.code(), describe(unwritable));
        }
    }

    private int printItems(Flow<?, ?> flow, ItemStream<?> stream)
            throws InterruptedException, CodecException {
        Type<?> type = flow.output().isStream() ? flow.output().arguments().get(0) : flow.output();
        try (stream) {
            while (true) {
                switch (stream.next()) {
                    case ItemStream.Item<?> item -> print(item.value(), type);
                    case ItemStream.End<?> end -> {
                        return ExitCode.OK;
                    }
                    case ItemStream.Broken<?> broken -> {
                        return failed(broken.code(), broken.message());
                    }
                }
            }
        }
    }

    /** Values of interpreted flows are what their handlers give, JSON values by custom. */
    private void print(Object value, Type<?> declared) throws CodecException {
        boolean json = declared.raw() == JsonValue.class;
        Type<?> type = json && !(value instanceof JsonValue) ? Type.of(value.getClass()) : declared;
        write(encoded(value, type));
    }

    @SuppressWarnings("unchecked") // the flow's types say that the value is a T
    private <T> byte[] encoded(Object value, Type<T> type) throws CodecException {
        Codec<T> codec = codecs.of(type);
        return codec.encode((T) value);
    }

    private void write(byte[] line) {
        console.out().write(line, 0, line.length);
        console.out().println();
        if (console.out().checkError()) {
            throw new RefusedCommand("the output cannot be written: nobody reads it any more");
        }
    }

    private int failed(Failure failure) {
        return failed(failure.code(), failure.message());
    }

    private int failed(String code, String message) {
        console.err().println("flow: " + code + " " + message);
        console.err().println("      flow explain " + code);
        return ExitCode.INVALID;
    }

    private static String describe(CodecException refused) {
        StringBuilder text = new StringBuilder(refused.code());
        if (refused.line() > 0) {
            text.append(" at ").append(refused.line()).append(':').append(refused.column());
        }
        if (!refused.pointer().isEmpty()) {
            text.append(" (").append(refused.pointer()).append(')');
        }
        text.append(": ").append(refused.getMessage());
        return refused.suggestion().isEmpty()
                ? text.toString()
                : text.append("; ").append(refused.suggestion()).toString();
    }
}
