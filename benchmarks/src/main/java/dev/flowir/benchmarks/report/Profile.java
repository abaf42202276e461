package dev.flowir.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where a process was when the flight recorder looked: the methods that were on top of the stack,
 * and the parts of the program that they belong to.
 */
public final class Profile {

    private static final String SAMPLE = "jdk.ExecutionSample";

    /** Parts by what their classes' names begin with; the first that fits counts. */
    private static final List<Map.Entry<String, String>> PARTS =
            List.of(
                    Map.entry("dev.flowir.kernel.machine.", "the machine"),
                    Map.entry("dev.flowir.kernel.", "the kernel around it"),
                    Map.entry("dev.flowir.ir.", "the authored flow"),
                    Map.entry("dev.flowir.benchmarks.", "bodies and their loop"),
                    Map.entry("org.openjdk.jmh.", "the harness"),
                    Map.entry("java.lang.VirtualThread", "threads"),
                    Map.entry("java.lang.Thread", "threads"),
                    Map.entry("java.util.concurrent.ForkJoin", "threads"),
                    Map.entry("java.util.concurrent.locks.LockSupport", "threads"),
                    Map.entry("jdk.internal.vm.", "threads"),
                    Map.entry("jdk.internal.misc.Unsafe", "threads"),
                    Map.entry("java.", "the rest of the JDK"),
                    Map.entry("jdk.", "the rest of the JDK"));

    /**
     * A method that was found running.
     *
     * @param type name of its class
     * @param method its name
     */
    public record Frame(String type, String method) {}

    /**
     * How often something was found running.
     *
     * @param what a method, or a part of the program
     * @param share of all looks, from 0 to 1
     */
    public record Line(String what, double share) {}

    private final List<Frame> frames;

    /**
     * A profile of what was found, look by look.
     *
     * @param frames the methods on top
     */
    public Profile(List<Frame> frames) {
        this.frames = List.copyOf(frames);
    }

    /**
     * Reads a recording.
     *
     * @param recording a file of the flight recorder
     * @return what it found
     * @throws IOException when it cannot be read
     */
    public static Profile read(Path recording) throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
            RecordedStackTrace stack = event.getStackTrace();
            if (event.getEventType().getName().equals(SAMPLE)
                    && stack != null
                    && !stack.getFrames().isEmpty()) {
                RecordedMethod top = stack.getFrames().getFirst().getMethod();
                frames.add(new Frame(top.getType().getName(), top.getName()));
            }
        }
        return new Profile(frames);
    }

    /**
     * Looks that found something running.
     *
     * @return how many
     */
    public int looks() {
        return frames.size();
    }

    /**
     * The methods that were found most often.
     *
     * @param count at most so many
     * @return the most frequent first
     */
    public List<Line> methods(int count) {
        return most(frames.stream().map(it -> name(it.type()) + "." + it.method()).toList(), count);
    }

    /**
     * The parts of the program.
     *
     * @return the most frequent first
     */
    public List<Line> parts() {
        return most(frames.stream().map(it -> part(it.type())).toList(), PARTS.size() + 1);
    }

    /**
     * The profile for people.
     *
     * @param title of what
     * @param methods at most so many methods
     * @return some lines of Markdown
     */
    public String text(String title, int methods) {
        StringBuilder text = new StringBuilder();
        text.append("### ").append(title).append("\n\n");
        text.append(looks()).append(" looks.\n\n");
        table(text, "Part", parts());
        table(text, "Method", methods(methods));
        return text.toString();
    }

    private static void table(StringBuilder text, String what, List<Line> lines) {
        text.append("| ").append(what).append(" | share |\n|---|--:|\n");
        for (Line line : lines) {
            text.append(
                    String.format(
                            Locale.ROOT, "| %s | %.0f %% |%n", line.what(), 100 * line.share()));
        }
        text.append('\n');
    }

    /** What comes after the name of a hidden class differs from process to process. */
    private static String name(String type) {
        int end = type.length();
        for (String mark : List.of("/", "+", ".0x")) {
            int at = type.indexOf(mark);
            end = at < 0 ? end : Math.min(end, at);
        }
        return type.substring(type.lastIndexOf('.', end - 1) + 1, end);
    }

    private static String part(String type) {
        for (Map.Entry<String, String> part : PARTS) {
            if (type.startsWith(part.getKey())) {
                return part.getValue();
            }
        }
        return "others";
    }

    private static List<Line> most(List<String> found, int count) {
        Map<String, Integer> times = new HashMap<>();
        found.forEach(one -> times.merge(one, 1, Integer::sum));
        return times.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Integer>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .limit(count)
                .map(it -> new Line(it.getKey(), it.getValue() / (double) found.size()))
                .toList();
    }
}
