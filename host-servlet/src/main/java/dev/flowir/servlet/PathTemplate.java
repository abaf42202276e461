package dev.flowir.servlet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A path with parameters, for example {@code /task/{taskId}}; a parameter is one whole segment. */
final class PathTemplate implements Comparable<PathTemplate> {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** A segment: a literal, or a parameter under its name. */
    private record Segment(String text, boolean isParameter) {}

    private static final Comparator<Segment> LITERALS_FIRST =
            Comparator.comparing(Segment::isParameter);

    private final String text;
    private final List<Segment> segments;

    private PathTemplate(String text, List<Segment> segments) {
        this.text = text;
        this.segments = List.copyOf(segments);
    }

    static PathTemplate parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("a path starts with '/', got '" + text + "'");
        }
        List<Segment> segments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String part : split(text)) {
            boolean parameter = part.startsWith("{") && part.endsWith("}");
            if (!parameter && (part.contains("{") || part.contains("}") || part.contains("*"))) {
                throw new IllegalArgumentException(
                        "in '" + text + "' a parameter must be a whole segment, as in /task/{id}");
            }
            String name = parameter ? part.substring(1, part.length() - 1) : part;
            if (parameter && (!NAME.matcher(name).matches() || !names.add(name))) {
                throw new IllegalArgumentException(
                        "in '"
                                + text
                                + "' the parameter '"
                                + name
                                + "' is no name or is there twice");
            }
            segments.add(new Segment(name, parameter));
        }
        return new PathTemplate(text, segments);
    }

    /** The parameters of {@code path}; empty when it does not match. */
    Optional<Map<String, String>> match(String path) {
        List<String> parts = split(path);
        if (parts.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            Segment segment = segments.get(i);
            String part = parts.get(i);
            if (segment.isParameter() && !part.isEmpty()) {
                parameters.put(segment.text(), part);
            } else if (segment.isParameter() || !segment.text().equals(part)) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    List<String> parameters() {
        return segments.stream().filter(Segment::isParameter).map(Segment::text).toList();
    }

    /** True when both match the same paths. */
    boolean overlaps(PathTemplate other) {
        if (segments.size() != other.segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            Segment one = segments.get(i);
            Segment two = other.segments.get(i);
            if (one.isParameter() != two.isParameter()
                    || (!one.isParameter() && !one.text().equals(two.text()))) {
                return false;
            }
        }
        return true;
    }

    /** Literals before parameters, from the left: the first that matches is the one meant. */
    @Override
    public int compareTo(PathTemplate other) {
        int shared = Math.min(segments.size(), other.segments.size());
        for (int i = 0; i < shared; i++) {
            int order = LITERALS_FIRST.compare(segments.get(i), other.segments.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(segments.size(), other.segments.size());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathTemplate that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private static List<String> split(String path) {
        List<String> parts = new ArrayList<>();
        int start = 1;
        for (int at = 1; at <= path.length(); at++) {
            if (at == path.length() || path.charAt(at) == '/') {
                parts.add(path.substring(start, at));
                start = at + 1;
            }
        }
        return parts;
    }
}
