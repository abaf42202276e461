package dev.flowir.wasm;

/**
 * A file that the platform answers GET with by itself, before it asks the worker: nothing of it is
 * in the worker's code.
 *
 * @param path where, for example {@code /} or {@code /app.js}; the ending says what it is
 * @param owner class that the file lies beside
 * @param resource its name, relative to the package of {@code owner}
 */
public record EdgePage(String path, Class<?> owner, String resource) {

    /** Refuses paths that are no name of a file. */
    public EdgePage {
        boolean fits = path.startsWith("/") && !path.contains("//") && !path.contains("..");
        for (int i = 0; fits && i < path.length(); i++) {
            char c = path.charAt(i);
            fits =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || "/._-".indexOf(c) >= 0;
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "'" + path + "' is no path of a page; it is for example / or /app.js");
        }
    }

    /** {@return name of the file among those that the platform answers with} */
    public String file() {
        return path.endsWith("/") ? path.substring(1) + "index.html" : path.substring(1);
    }
}
