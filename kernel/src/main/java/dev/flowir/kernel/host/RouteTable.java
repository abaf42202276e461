package dev.flowir.kernel.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what answers a method at a path: literals before parameters, HEAD by GET's handler.
 *
 * @param <H> what answers
 */
public final class RouteTable<H> {

    /**
     * What was found.
     *
     * @param <H> what answers
     */
    public sealed interface Match<H> {}

    /**
     * Something answers.
     *
     * @param template the path it stands at
     * @param parameters parameters of the path
     * @param handler what answers
     * @param <H> what answers
     */
    public record Found<H>(PathTemplate template, Map<String, String> parameters, H handler)
            implements Match<H> {}

    /**
     * The path exists, with other methods.
     *
     * @param template the path
     * @param allow those methods, as header {@code Allow} lists them
     * @param <H> what answers
     */
    public record OtherMethods<H>(PathTemplate template, String allow) implements Match<H> {}

    /**
     * Nothing has that path.
     *
     * @param <H> what answers
     */
    public record Nothing<H>() implements Match<H> {}

    /**
     * What answers at one path.
     *
     * @param template the path
     * @param byMethod what answers, by method
     * @param <H> what answers
     */
    public record Entry<H>(PathTemplate template, Map<String, H> byMethod) {}

    private final List<Entry<H>> entries;

    /**
     * A table of entries.
     *
     * @param entries as {@link #with} made them
     */
    public RouteTable(List<Entry<H>> entries) {
        List<Entry<H>> sorted = new ArrayList<>(entries);
        sorted.sort((one, two) -> one.template().compareTo(two.template()));
        this.entries = List.copyOf(sorted);
    }

    /**
     * The entries with one more route.
     *
     * @param entries those so far
     * @param method HTTP method
     * @param template its path
     * @param handler what answers
     * @param <H> what answers
     * @return all entries
     * @throws IllegalArgumentException when an earlier route answers the same
     */
    public static <H> List<Entry<H>> with(
            List<Entry<H>> entries, String method, PathTemplate template, H handler) {
        List<Entry<H>> all = new ArrayList<>();
        boolean added = false;
        for (Entry<H> entry : entries) {
            if (!entry.template().overlaps(template)) {
                all.add(entry);
                continue;
            }
            if (!entry.template().equals(template) || entry.byMethod().containsKey(method)) {
                throw new IllegalArgumentException(
                        method
                                + " "
                                + template
                                + " meets an earlier route at "
                                + entry.template()
                                + "; use one path with one set of parameter names, once per method");
            }
            Map<String, H> methods = new LinkedHashMap<>(entry.byMethod());
            methods.put(method, handler);
            all.add(new Entry<>(template, methods));
            added = true;
        }
        if (!added) {
            all.add(new Entry<>(template, Map.of(method, handler)));
        }
        return List.copyOf(all);
    }

    /** {@return what there is, in the order in which it is looked for} */
    public List<Entry<H>> entries() {
        return entries;
    }

    /**
     * Finds what answers.
     *
     * @param method HTTP method
     * @param path decoded path
     * @return what was found
     */
    public Match<H> find(String method, String path) {
        Match<H> best = new Nothing<>();
        for (Entry<H> entry : entries) {
            Optional<Map<String, String>> parameters = entry.template().match(path);
            if (parameters.isEmpty()) {
                continue;
            }
            H handler = entry.byMethod().get(method);
            if (handler == null && method.equals("HEAD")) {
                handler = entry.byMethod().get("GET");
            }
            if (handler != null) {
                return new Found<>(entry.template(), parameters.get(), handler);
            }
            if (best instanceof Nothing<H>) {
                best = new OtherMethods<>(entry.template(), allow(entry));
            }
        }
        return best;
    }

    private static String allow(Entry<?> entry) {
        List<String> methods = new ArrayList<>(entry.byMethod().keySet());
        if (methods.contains("GET") && !methods.contains("HEAD")) {
            methods.add("HEAD");
        }
        if (!methods.contains("OPTIONS")) {
            methods.add("OPTIONS");
        }
        methods.sort(String::compareTo); // a sorted set is large in an isolate
        return String.join(", ", methods);
    }
}
