package dev.flowir.kernel.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A path with parameters, for example {@code /task/{taskId}}; a parameter is one whole segment. */
public final class PathTemplate implements Comparable<PathTemplate> {

    /** A segment: a literal, or a parameter under its name. */
    private record Segment(String text, boolean isParameter) {}

    private static final Comparator<Segment> LITERALS_FIRST =
            (one, two) -> Boolean.compare(one.isParameter(), two.isParameter());

    private final String text;
    private final List<Segment> segments;
    private final List<String> parameters;

    private PathTemplate(String text, List<Segment> segments) {
        this.text = text;
        this.segments = List.copyOf(segments);
        this.parameters = parameters(segments);
    }

    /**
     * Reads a template.
     *
     * @param text for example {@code /task/{taskId}}
     * @return the template
     * @throws IllegalArgumentException when it does not start with {@code /}, a parameter is not a
     *     whole segment, is no name or is there twice
     */
    public static PathTemplate parse(String text) {
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
            if (parameter && (!isName(name) || !names.add(name))) {
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

    /**
     * The parameters of a path.
     *
     * @param path a decoded path
     * @return the parameters by name; empty when the path does not match
     */
    public Optional<Map<String, String>> match(String path) {
        if (path.equals(text) && parameters.isEmpty()) {
            return Optional.of(Map.of());
        }
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

    /** {@return names of the parameters, from the left} */
    public List<String> parameters() {
        return parameters;
    }

    private static List<String> parameters(List<Segment> segments) {
        List<String> names = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.isParameter()) {
                names.add(segment.text());
            }
        }
        return List.copyOf(names);
    }

    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /**
     * Says whether two templates match the same paths.
     *
     * @param other the other
     * @return true when they do
     */
    public boolean overlaps(PathTemplate other) {
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
