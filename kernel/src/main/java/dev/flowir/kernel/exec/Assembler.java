package dev.flowir.kernel.exec;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The part of {@code java.lang.classfile} that {@link Compiler} needs. This code is compiled for
 * Java 21, where that package does not exist, so it is called by reflection; only while a class is
 * made, never while it runs.
 */
final class Assembler {

    /** Writes the code of one method. */
    interface Code {
        void write(Assembler to);
    }

    /**
     * A method to be made.
     *
     * @param name its name
     * @param type its type
     * @param code writes what it does
     */
    record Made(String name, MethodTypeDesc type, Code code) {}

    private static final String PACKAGE = "java.lang.classfile.";
    private static final String CHANGED = "java.lang.classfile is not as it was";

    private final Object builder;
    private final Map<String, Method> methods;

    private Assembler(Object builder, Map<String, Method> methods) {
        this.builder = builder;
        this.methods = methods;
    }

    /** True where classes can be made: Java 24 or later. */
    static boolean isPresent() {
        try {
            Class.forName(PACKAGE + "CodeBuilder");
            return Runtime.version().feature() >= 24; // a preview before
        } catch (ClassNotFoundException older) {
            return false;
        }
    }

    /**
     * A class with a constructor without arguments, and some methods.
     *
     * @return its bytes
     */
    static byte[] assemble(ClassDesc name, ClassDesc parent, List<Made> made) {
        try {
            Class<?> classFile = Class.forName(PACKAGE + "ClassFile");
            Class<?> classes = Class.forName(PACKAGE + "ClassBuilder");
            Map<String, Method> methods = methods(Class.forName(PACKAGE + "CodeBuilder"));
            Method superclass = classes.getMethod("withSuperclass", ClassDesc.class);
            Method body =
                    classes.getMethod(
                            "withMethodBody",
                            String.class,
                            MethodTypeDesc.class,
                            int.class,
                            Consumer.class);
            Code constructor =
                    to -> to.load(0).call("invokespecial", parent, "<init>", VOID).plain("return_");
            Consumer<Object> whole =
                    at -> {
                        call(superclass, at, parent);
                        call(body, at, "<init>", VOID, 0, into(constructor, methods));
                        for (Made method : made) {
                            call(
                                    body,
                                    at,
                                    method.name(),
                                    method.type(),
                                    0,
                                    into(method.code(), methods));
                        }
                    };
            Object bytes =
                    call(
                            classFile.getMethod("build", ClassDesc.class, Consumer.class),
                            call(classFile.getMethod("of"), null),
                            name,
                            whole);
            return (byte[]) bytes;
        } catch (ClassNotFoundException | NoSuchMethodException changed) {
            throw new IllegalStateException(CHANGED, changed);
        }
    }

    /** Bytes of code in the longest method of a class. */
    static int longestMethod(byte[] made) {
        try {
            Class<?> classFile = Class.forName(PACKAGE + "ClassFile");
            Class<?> methodModel = Class.forName(PACKAGE + "MethodModel");
            Method length =
                    Class.forName(PACKAGE + "attribute.CodeAttribute").getMethod("codeLength");
            Object model =
                    call(
                            classFile.getMethod("parse", byte[].class),
                            call(classFile.getMethod("of"), null),
                            made);
            Method methods = Class.forName(PACKAGE + "ClassModel").getMethod("methods");
            int longest = 0;
            for (Object method : (List<?>) call(methods, model)) {
                Optional<?> code = (Optional<?>) call(methodModel.getMethod("code"), method);
                longest = Math.max(longest, (int) call(length, code.orElseThrow()));
            }
            return longest;
        } catch (ClassNotFoundException | NoSuchMethodException changed) {
            throw new IllegalStateException(CHANGED, changed);
        }
    }

    private static final MethodTypeDesc VOID = MethodTypeDesc.ofDescriptor("()V");

    private static Consumer<Object> into(Code code, Map<String, Method> methods) {
        return builder -> code.write(new Assembler(builder, methods));
    }

    /** The methods of a code builder, each under its name and the kinds of its parameters. */
    private static Map<String, Method> methods(Class<?> codeBuilder) {
        Map<String, Method> all = new HashMap<>();
        for (Method method : codeBuilder.getMethods()) {
            StringBuilder key = new StringBuilder(method.getName());
            for (Class<?> parameter : method.getParameterTypes()) {
                key.append(' ').append(parameter.getSimpleName());
            }
            all.put(key.toString(), method);
        }
        return all;
    }

    private static Object call(
            Method method, @org.jspecify.annotations.Nullable Object on, Object... arguments) {
        try {
            return method.invoke(on, arguments);
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(closed);
        } catch (InvocationTargetException thrown) {
            throw new IllegalStateException("no class could be made", thrown.getCause());
        }
    }

    private Object named(String key, Object... arguments) {
        Method method = methods.get(key);
        if (method == null) {
            throw new IllegalStateException("java.lang.classfile has no " + key);
        }
        return call(method, builder, arguments);
    }

    // ---- instructions

    Assembler load(int local) {
        named("aload int", local);
        return this;
    }

    Assembler loadLong(int local) {
        named("lload int", local);
        return this;
    }

    Assembler store(int local) {
        named("astore int", local);
        return this;
    }

    Assembler storeLong(int local) {
        named("lstore int", local);
        return this;
    }

    Assembler constant(ConstantDesc value) {
        named("loadConstant ConstantDesc", value);
        return this;
    }

    /** An instruction without operands. */
    Assembler plain(String instruction) {
        named(instruction);
        return this;
    }

    /** {@code invokevirtual}, {@code invokespecial} or {@code invokeinterface}. */
    Assembler call(String instruction, ClassDesc owner, String name, MethodTypeDesc type) {
        named(instruction + " ClassDesc String MethodTypeDesc", owner, name, type);
        return this;
    }

    Assembler callStatic(ClassDesc owner, boolean onInterface, String name, MethodTypeDesc type) {
        named(
                "invokestatic ClassDesc String MethodTypeDesc boolean",
                owner,
                name,
                type,
                onInterface);
        return this;
    }

    /** {@code getfield}, {@code putfield} or {@code getstatic}. */
    Assembler field(String instruction, ClassDesc owner, String name, ClassDesc type) {
        named(instruction + " ClassDesc String ClassDesc", owner, name, type);
        return this;
    }

    /** {@code new_} or {@code anewarray}. */
    Assembler type(String instruction, ClassDesc type) {
        named(instruction + " ClassDesc", type);
        return this;
    }

    Object label() {
        return named("newLabel");
    }

    Assembler bind(Object label) {
        named("labelBinding Label", label);
        return this;
    }

    Assembler branch(String instruction, Object label) {
        named(instruction + " Label", label);
        return this;
    }

    Assembler catchAll(Object from, Object to, Object handler) {
        named("exceptionCatchAll Label Label Label", from, to, handler);
        return this;
    }
}
