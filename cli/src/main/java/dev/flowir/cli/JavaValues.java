package dev.flowir.cli;

import dev.flowir.ir.Flow;
import dev.flowir.kernel.cap.Capabilities;
import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Public static fields of classes on a class path that the user gives. */
final class JavaValues {

    private final ClassLoader loader;

    /** Looks in {@code classPath}, separated as the platform does, and in this program. */
    JavaValues(String classPath) {
        List<URL> places = new ArrayList<>();
        for (String place : classPath.split(File.pathSeparator, -1)) {
            if (!place.isEmpty()) {
                try {
                    places.add(Path.of(place).toUri().toURL());
                } catch (MalformedURLException failure) {
                    throw new RefusedCommand("no place for classes: " + place);
                }
            }
        }
        this.loader = new URLClassLoader(places.toArray(URL[]::new), Main.class.getClassLoader());
    }

    ClassLoader loader() {
        return loader;
    }

    /** The flow in {@code Class#FIELD}, or the only one in {@code Class}. */
    Flow<?, ?> flow(String name) {
        return field(name, Flow.class);
    }

    /** The capabilities in {@code Class#FIELD}, or the only ones in {@code Class}. */
    Capabilities capabilities(String name) {
        return field(name, Capabilities.class);
    }

    private <T> T field(String name, Class<T> type) {
        int hash = name.indexOf('#');
        Class<?> holder = holder(hash < 0 ? name : name.substring(0, hash));
        String wanted = hash < 0 ? "" : name.substring(hash + 1);
        List<Field> found = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Field field : holder.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && type.isAssignableFrom(field.getType())) {
                names.add(holder.getName() + "#" + field.getName());
                if (wanted.isEmpty() || field.getName().equals(wanted)) {
                    found.add(field);
                }
            }
        }
        if (found.size() != 1) {
            String kind = type.getSimpleName();
            throw new RefusedCommand(
                    names.isEmpty()
                            ? holder.getName()
                                    + " has no public static field of type "
                                    + kind
                                    + hidden(holder, type)
                            : "which " + kind + "? " + String.join(", ", names));
        }
        return type.cast(value(found.get(0)));
    }

    /** What was probably meant: a field that is there and not public. */
    private static String hidden(Class<?> holder, Class<?> type) {
        for (Field field : holder.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && type.isAssignableFrom(field.getType())) {
                return "; make " + field.getName() + " public";
            }
        }
        return "";
    }

    private Class<?> holder(String name) {
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException missing) {
            throw new RefusedCommand(
                    "there is neither a file nor a class "
                            + name
                            + "; classes are looked for on --classpath");
        } catch (LinkageError broken) {
            throw new RefusedCommand(
                    "class "
                            + name
                            + " cannot be used: "
                            + root(broken)
                            + "; what it needs must be on --classpath too");
        }
    }

    private static Object value(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException hidden) {
            throw new RefusedCommand(field + " cannot be read; make its class public");
        } catch (LinkageError broken) {
            throw new RefusedCommand(field + " cannot be read: " + root(broken));
        }
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
