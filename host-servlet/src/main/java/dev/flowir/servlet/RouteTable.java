package dev.flowir.servlet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds what answers a method at a path. */
final class RouteTable {

    /** What was found. */
    sealed interface Match {}

    /** Something answers. */
    record Found(PathTemplate template, Map<String, String> parameters, RouteHandler handler)
            implements Match {}

    /** The path exists, with other methods. */
    record OtherMethods(PathTemplate template, String allow) implements Match {}

    /** Nothing has that path. */
    record Nothing() implements Match {}

    /** What answers at one path, by method. */
    record Entry(PathTemplate template, Map<String, RouteHandler> byMethod) {}

    private final List<Entry> entries;

    RouteTable(List<Entry> entries) {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort((one, two) -> one.template().compareTo(two.template()));
        this.entries = List.copyOf(sorted);
    }

    /** The entries with one more route. */
    static List<Entry> with(
            List<Entry> entries, String method, PathTemplate template, RouteHandler handler) {
        List<Entry> all = new ArrayList<>();
        boolean added = false;
        for (Entry entry : entries) {
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
            Map<String, RouteHandler> methods = new LinkedHashMap<>(entry.byMethod());
            methods.put(method, handler);
            all.add(new Entry(template, methods));
            added = true;
        }
        if (!added) {
            all.add(new Entry(template, Map.of(method, handler)));
        }
        return List.copyOf(all);
    }

    Match find(String method, String path) {
        Match best = new Nothing();
        for (Entry entry : entries) {
            Optional<Map<String, String>> parameters = entry.template().match(path);
            if (parameters.isEmpty()) {
                continue;
            }
            RouteHandler handler = entry.byMethod().get(method);
            if (handler == null && method.equals("HEAD")) {
                handler = entry.byMethod().get("GET");
            }
            if (handler != null) {
                return new Found(entry.template(), parameters.get(), handler);
            }
            if (best instanceof Nothing) {
                best = new OtherMethods(entry.template(), allow(entry));
            }
        }
        return best;
    }

    private static String allow(Entry entry) {
        TreeSet<String> methods = new TreeSet<>(entry.byMethod().keySet());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }
}
