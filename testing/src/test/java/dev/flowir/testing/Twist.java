package dev.flowir.testing;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * A method of the library that goes wrong while this is open: what is in the library's own code
 * cannot be broken by a wrapper around a provider. The class is changed where it is loaded, and is
 * as it was after {@link #close}.
 */
final class Twist implements Closeable {

    /** How it goes wrong. */
    interface Wrong {

        /**
         * Before the method.
         *
         * @param call what it is called with, which may be changed
         * @return true when the method is left out
         */
        default boolean before(Call call) {
            return false;
        }

        /** What becomes of what the method answers. */
        default @Nullable Object after(Call call, @Nullable Object answer) throws Exception {
            return answer;
        }

        /** What becomes of what the method throws: thrown again, or an answer. */
        default @Nullable Object thrown(Call call, Throwable failure) throws Throwable {
            throw failure;
        }
    }

    /** A call. */
    static final class Call {

        private final @Nullable Object self;
        private final @Nullable Object[] arguments;

        private Call(@Nullable Object self, @Nullable Object[] arguments) {
            this.self = self;
            this.arguments = arguments;
        }

        /** Whose method it is; null for a static one. */
        @Nullable Object self() {
            return self;
        }

        /** What it is given: what is put here is given instead. */
        @Nullable Object[] arguments() {
            return arguments;
        }

        /** What it is given there, which is not null. */
        Object argument(int index) {
            return Objects.requireNonNull(arguments[index]);
        }

        /** A field of whose method it is. */
        @Nullable Object field(String name) {
            return value(self, name);
        }
    }

    /** By class and method. */
    private static final Map<String, Wrong> WRONGS = new ConcurrentHashMap<>();

    private static final ClassReloadingStrategy RELOADING = strategy();

    private final Class<?> type;
    private final String place;

    private Twist(Class<?> type, String place) {
        this.type = type;
        this.place = place;
    }

    private static ClassReloadingStrategy strategy() {
        ByteBuddyAgent.install();
        return ClassReloadingStrategy.fromInstalledAgent();
    }

    /**
     * Breaks a method.
     *
     * @param className the class
     * @param method its name; all of this name
     * @param wrong how
     */
    static Twist of(String className, String method, Wrong wrong) throws ClassNotFoundException {
        Class<?> type = Class.forName(className);
        if (Arrays.stream(type.getDeclaredMethods()).noneMatch(it -> it.getName().equals(method))) {
            throw new IllegalArgumentException(
                    className + " has no method " + method + " any more");
        }
        String place = className + "." + method;
        if (WRONGS.putIfAbsent(place, wrong) != null) {
            throw new IllegalStateException(place + " is wrong already");
        }
        new ByteBuddy()
                .decorate(type)
                .visit(Advice.to(Hook.class).on(named(method).and(not(isAbstract()))))
                .make()
                .load(type.getClassLoader(), RELOADING);
        return new Twist(type, place);
    }

    @Override
    public void close() throws IOException {
        WRONGS.remove(place);
        RELOADING.reset(type);
    }

    /** What is put into the method; nothing of it is called, and what it assigns is read there. */
    @SuppressWarnings("UnusedVariable")
    static final class Hook {

        private Hook() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(
                @Advice.Origin("#t.#m") String place,
                @Advice.This(optional = true) Object self,
                @Advice.AllArguments(readOnly = false, typing = Typing.DYNAMIC)
                        Object[] arguments) {
            Object[] changed = Hooks.copy(arguments);
            boolean skip = Hooks.before(place, self, changed);
            arguments = changed;
            return skip;
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(
                @Advice.Origin("#t.#m") String place,
                @Advice.This(optional = true) Object self,
                @Advice.AllArguments Object[] arguments,
                @Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object answer,
                @Advice.Thrown(readOnly = false) Throwable failure) {
            Object[] end = Hooks.after(place, self, arguments, answer, failure);
            answer = end[0];
            failure = (Throwable) end[1];
        }
    }

    /** What the broken method calls, from wherever it is. */
    public static final class Hooks {

        private Hooks() {}

        /** {@return the same in another array} */
        public static Object[] copy(Object[] arguments) {
            return arguments.clone();
        }

        /** {@return whether the method is left out} */
        public static boolean before(String place, Object self, Object[] arguments) {
            Wrong wrong = WRONGS.get(place);
            return wrong != null && wrong.before(new Call(self, arguments));
        }

        /** {@return the answer, and what is thrown} */
        public static @Nullable Object[] after(
                String place,
                Object self,
                Object[] arguments,
                Object answer,
                @Nullable Throwable failure) {
            Wrong wrong = WRONGS.get(place);
            if (wrong == null) {
                return new @Nullable Object[] {answer, failure};
            }
            Call call = new Call(self, arguments);
            try {
                return new @Nullable Object[] {
                    failure == null ? wrong.after(call, answer) : wrong.thrown(call, failure), null
                };
            } catch (Throwable e) {
                return new @Nullable Object[] {answer, e};
            }
        }
    }

    /** A field of something. */
    static @Nullable Object value(@Nullable Object from, String name) {
        if (from == null) {
            throw new IllegalArgumentException("a static method has no '" + name + "'");
        }
        try {
            Field field = from.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(from);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** One of a class that is not open here. */
    static Object made(String className) {
        try {
            Constructor<?> constructor = Class.forName(className).getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What a method without arguments answers. */
    static @Nullable Object called(Object on, String method) throws Exception {
        for (Class<?> type : on.getClass().getInterfaces()) {
            for (Method one : type.getDeclaredMethods()) {
                if (one.getName().equals(method)) {
                    one.setAccessible(true);
                    return one.invoke(on);
                }
            }
        }
        throw new IllegalArgumentException(on + " has no " + method);
    }

    /** One of an enum that is not open here. */
    static Object constant(String className, String name) throws ClassNotFoundException {
        for (Object one : Class.forName(className).getEnumConstants()) {
            if (String.valueOf(one).equals(name)) {
                return one;
            }
        }
        throw new IllegalArgumentException(className + " has no " + name);
    }
}
