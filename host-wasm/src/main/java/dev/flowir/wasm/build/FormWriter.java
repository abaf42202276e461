package dev.flowir.wasm.build;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes Java for the JSON forms of types. The types are looked at here, on the JVM that builds the
 * worker, so that nothing has to be looked at in the isolate, which has no reflection.
 */
final class FormWriter {

    /** Class of the form source that is written. */
    static final String SOURCE_CLASS = "dev.flowir.wasm.generated.WrittenForms";

    /** Names that class to the worker, in place of the class of this name. */
    private static final String WORKERS = "dev.flowir.wasm.json.WorkerForms";

    private static final String FORMS = "dev.flowir.wasm.json.Forms.";

    /** Forms that need no code of their own. */
    private static final Map<Class<?>, String> SCALARS =
            Map.ofEntries(
                    Map.entry(String.class, FORMS + "TEXT"),
                    Map.entry(JsonValue.class, FORMS + "JSON"),
                    Map.entry(boolean.class, FORMS + "BOOLEAN"),
                    Map.entry(Boolean.class, FORMS + "BOOLEAN"),
                    Map.entry(byte.class, FORMS + "int8(\"byte\")"),
                    Map.entry(Byte.class, FORMS + "int8(\"Byte\")"),
                    Map.entry(short.class, FORMS + "int16(\"short\")"),
                    Map.entry(Short.class, FORMS + "int16(\"Short\")"),
                    Map.entry(int.class, FORMS + "int32(\"int\")"),
                    Map.entry(Integer.class, FORMS + "int32(\"Integer\")"),
                    Map.entry(long.class, FORMS + "int64(\"long\")"),
                    Map.entry(Long.class, FORMS + "int64(\"Long\")"),
                    Map.entry(float.class, FORMS + "float32()"),
                    Map.entry(Float.class, FORMS + "float32()"),
                    Map.entry(double.class, FORMS + "float64()"),
                    Map.entry(Double.class, FORMS + "float64()"),
                    Map.entry(BigInteger.class, FORMS + "bigInteger()"),
                    Map.entry(BigDecimal.class, FORMS + "bigDecimal()"));

    private final Map<Class<?>, String> variables = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<String> made = new ArrayList<>();
    private final List<String> wired = new ArrayList<>();
    private final List<String> added = new ArrayList<>();

    /**
     * Sources of the forms of {@code types} and of all that is in them.
     *
     * @return texts by the name of their class
     */
    static Map<String, String> write(Iterable<Type<?>> types) throws BuildException {
        return write(types, List.of());
    }

    /** The same, with hashes of flows that run durably. */
    static Map<String, String> write(Iterable<Type<?>> types, List<String> plans)
            throws BuildException {
        FormWriter writer = new FormWriter();
        plans.forEach(hash -> writer.added.add("book.plan(\"" + hash + "\");"));
        for (Type<?> type : types) {
            String form = writer.form(type);
            writer.added.add("book.put(" + writer.typeOf(type) + ", " + form + ");");
        }
        return writer.finish();
    }

    private Map<String, String> finish() {
        int dot = SOURCE_CLASS.lastIndexOf('.');
        StringBuilder text = new StringBuilder();
        text.append("package ").append(SOURCE_CLASS, 0, dot).append(";\n\n");
        text.append("import dev.flowir.wasm.json.*;\n\n");
        text.append("@SuppressWarnings({\"rawtypes\", \"unchecked\"})\n");
        text.append("public final class ").append(SOURCE_CLASS.substring(dot + 1));
        text.append(" implements dev.flowir.wasm.FormSource {\n");
        text.append("    @Override\n    public FormBook forms() {\n");
        for (List<String> lines : List.of(made, wired)) {
            lines.forEach(line -> text.append("        ").append(line).append('\n'));
        }
        text.append("        FormBook book = new FormBook();\n");
        added.forEach(line -> text.append("        ").append(line).append('\n'));
        text.append("        return book;\n    }\n}\n");
        sources.put(SOURCE_CLASS, text.toString());
        sources.put(
                WORKERS,
                "package dev.flowir.wasm.json;\n\nfinal class WorkerForms {\n"
                        + "    static FormBook read() {\n        return new "
                        + SOURCE_CLASS
                        + "().forms();\n    }\n}\n");
        return sources;
    }

    // ---- expressions

    private String form(Type<?> type) throws BuildException {
        if (type.raw() == List.class) {
            return FORMS + "list((Form) " + form(type.arguments().get(0)) + ")";
        }
        if (type.raw() == Map.class) {
            return FORMS + "map((Form) " + form(type.arguments().get(1)) + ")";
        }
        return form(type.raw(), type.toString());
    }

    private String typeOf(Type<?> type) {
        if (type.raw() == List.class) {
            return "dev.flowir.ir.Type.listOf(" + typeOf(type.arguments().get(0)) + ")";
        }
        if (type.raw() == Map.class) {
            return "dev.flowir.ir.Type.mapOf(" + typeOf(type.arguments().get(1)) + ")";
        }
        return SCALARS.containsKey(type.raw())
                ? "dev.flowir.ir.Type.of(" + type.raw().getCanonicalName() + ".class)"
                : writtenName(type.raw()) + ".type()";
    }

    private String form(java.lang.reflect.Type type, String where) throws BuildException {
        if (type instanceof Class<?> raw) {
            String scalar = SCALARS.get(raw);
            return scalar == null ? named(raw, where) : scalar;
        }
        if (type instanceof ParameterizedType generic) {
            java.lang.reflect.Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return FORMS + "list((Form) " + form(arguments[0], where) + ")";
            }
            if (generic.getRawType() == Map.class && arguments[0] == String.class) {
                return FORMS + "map((Form) " + form(arguments[1], where) + ")";
            }
            if (generic.getRawType() == Optional.class) {
                return FORMS + "optional((Form) " + form(arguments[0], where) + ")";
            }
        }
        throw refused(type, where);
    }

    private static BuildException refused(java.lang.reflect.Type type, String where) {
        return new BuildException(
                where
                        + ": no JSON at the edge for "
                        + type.getTypeName()
                        + "; there is one for records, sealed interfaces of records, enums, text,"
                        + " booleans, numbers, Optional, List, Map<String, …> and JsonValue");
    }

    private String named(Class<?> raw, String where) throws BuildException {
        String known = variables.get(raw);
        if (known != null) {
            return known;
        }
        boolean tagged = raw.isSealed() && raw.isInterface();
        if ((!raw.isRecord() && !raw.isEnum() && !tagged) || raw.getTypeParameters().length > 0) {
            throw refused(raw, where);
        }
        for (Class<?> each = raw; each != null; each = each.getEnclosingClass()) {
            if (Modifier.isPrivate(each.getModifiers())) {
                throw new BuildException(
                        where + ": " + each.getName() + " is private; code beside it must see it");
            }
        }
        String variable = "form" + variables.size();
        variables.put(raw, variable);
        String written = writtenName(raw);
        if (raw.isEnum()) {
            made.add("Form " + variable + " = " + written + ".form();");
            writeEnum(raw);
        } else if (tagged) {
            made.add(written + " " + variable + " = new " + written + "();");
            writeSealed(raw, variable);
        } else {
            made.add(written + " " + variable + " = new " + written + "();");
            writeRecord(raw, variable);
        }
        return variable;
    }

    // ---- classes

    /** In the package of the class, so that it need not be public. */
    private static String writtenName(Class<?> raw) {
        String inner = raw.getName().substring(raw.getPackageName().length());
        String name = inner.replace(".", "").replace('$', '_') + "_Json";
        return raw.getPackageName().isEmpty() ? name : raw.getPackageName() + "." + name;
    }

    private StringBuilder begin(Class<?> raw, String parent) {
        String written = writtenName(raw);
        StringBuilder text = new StringBuilder();
        if (!raw.getPackageName().isEmpty()) {
            text.append("package ").append(raw.getPackageName()).append(";\n\n");
        }
        text.append("public final class ").append(written.substring(written.lastIndexOf('.') + 1));
        text.append(parent).append(" {\n");
        text.append("    public static dev.flowir.ir.Type<?> type() {\n");
        text.append("        return dev.flowir.ir.Type.of(").append(raw.getCanonicalName());
        text.append(".class);\n    }\n\n");
        return text;
    }

    private void writeEnum(Class<?> raw) {
        StringBuilder text = begin(raw, "");
        text.append("    public static dev.flowir.wasm.json.Form<?> form() {\n");
        text.append("        return new dev.flowir.wasm.json.EnumForm<>(");
        text.append(raw.getCanonicalName()).append(".values());\n    }\n}\n");
        sources.put(writtenName(raw), text.toString());
    }

    private void writeRecord(Class<?> raw, String variable) throws BuildException {
        String name = raw.getCanonicalName();
        StringBuilder names = new StringBuilder("\"" + raw.getSimpleName() + "\"");
        List<String> arguments = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        List<String> forms = new ArrayList<>();
        for (RecordComponent component : raw.getRecordComponents()) {
            String where = raw.getSimpleName() + "." + component.getName();
            names.append(", \"").append(component.getName()).append('"');
            arguments.add("(" + erased(component.getType()) + ") values[" + arguments.size() + "]");
            taken.add("value." + component.getName() + "()");
            String form = form(component.getGenericType(), where);
            forms.add(isNullable(component) ? FORMS + "nullable((Form) " + form + ")" : form);
        }
        StringBuilder text = begin(raw, " extends dev.flowir.wasm.json.RecordForm<" + name + ">");
        text.append("    @SuppressWarnings(\"unchecked\")\n");
        method(text, "protected " + name + " make(Object[] values)");
        text.append("return new ").append(name).append('(');
        text.append(String.join(", ", arguments)).append(");\n    }\n\n");
        method(text, "protected Object[] take(" + name + " value)");
        text.append("return new Object[] {").append(String.join(", ", taken));
        text.append("};\n    }\n\n    public ");
        String written = writtenName(raw);
        text.append(written.substring(written.lastIndexOf('.') + 1));
        text.append("() {\n        super(").append(names).append(");\n    }\n}\n");
        sources.put(written, text.toString());
        wired.add(variable + ".components(" + String.join(", ", forms) + ");");
    }

    private static void method(StringBuilder text, String signature) {
        text.append("    @Override\n    ").append(signature).append(" {\n        ");
    }

    private static String erased(Class<?> type) {
        return type.isPrimitive()
                ? java.lang.invoke.MethodType.methodType(type).wrap().returnType().getName()
                : type.getCanonicalName();
    }

    private static boolean isNullable(RecordComponent component) {
        for (Annotation annotation : component.getAnnotatedType().getAnnotations()) {
            // by name: any library's @Nullable says the same
            if (annotation.annotationType().getSimpleName().equals("Nullable")) {
                return true;
            }
        }
        return false;
    }

    private void writeSealed(Class<?> raw, String variable) throws BuildException {
        List<Class<?>> leaves = new ArrayList<>();
        collect(raw, leaves);
        List<String> forms = new ArrayList<>();
        StringBuilder text =
                begin(
                        raw,
                        " extends dev.flowir.wasm.json.SealedForm<" + raw.getCanonicalName() + ">");
        method(text, "protected String caseOf(" + raw.getCanonicalName() + " value)");
        for (Class<?> leaf : leaves) {
            if (!leaf.isRecord()) {
                throw refused(leaf, raw.getSimpleName());
            }
            forms.add(named(leaf, raw.getSimpleName()));
            text.append("if (value instanceof ").append(leaf.getCanonicalName());
            text.append(") {\n            return \"").append(leaf.getSimpleName());
            text.append("\";\n        }\n        ");
        }
        String written = writtenName(raw);
        text.append("return \"\";\n    }\n\n    public ");
        text.append(written.substring(written.lastIndexOf('.') + 1));
        text.append("() {\n        super(\"")
                .append(raw.getSimpleName())
                .append("\");\n    }\n}\n");
        sources.put(written, text.toString());
        wired.add(variable + ".cases(" + String.join(", ", forms) + ");");
    }

    private static void collect(Class<?> raw, List<Class<?>> leaves) {
        if (!raw.isSealed()) {
            leaves.add(raw);
            return;
        }
        for (Class<?> permitted : raw.getPermittedSubclasses()) {
            collect(permitted, leaves);
        }
    }
}
