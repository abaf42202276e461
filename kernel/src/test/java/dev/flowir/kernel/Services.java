package dev.flowir.kernel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** A class loader on which one service has exactly the given providers. */
public final class Services extends ClassLoader {

    private final String resource;
    private final String providers;

    private Services(Class<?> service, List<Class<?>> providers) {
        super(Services.class.getClassLoader());
        this.resource = "META-INF/services/" + service.getName();
        this.providers = String.join("\n", providers.stream().map(Class::getName).toList());
    }

    /** A loader that finds {@code providers} and no other providers of {@code service}. */
    public static ClassLoader of(Class<?> service, Class<?>... providers) {
        return new Services(service, List.of(providers));
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        if (!name.equals(resource)) {
            return super.getResources(name);
        }
        URLStreamHandler handler =
                new URLStreamHandler() {
                    @Override
                    protected URLConnection openConnection(URL url) {
                        return new Text(url, providers);
                    }
                };
        return Collections.enumeration(List.of(URL.of(URI.create("memory:/" + resource), handler)));
    }

    private static final class Text extends URLConnection {
        private final String text;

        Text(URL url, String text) {
            super(url);
            this.text = text;
        }

        @Override
        public void connect() {
            connected = true;
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
