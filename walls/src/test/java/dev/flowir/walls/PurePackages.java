package dev.flowir.walls;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Set;

/**
 * What the packages may use that are compiled for edge isolates as well: no threads, clocks,
 * randomness, input, output, reflection, regular expressions or formatting.
 */
final class PurePackages {

    private static final String[] PURE = {
        "dev.flowir.ir",
        "dev.flowir.ir.check",
        "dev.flowir.ir.diff",
        "dev.flowir.ir.plan",
        "dev.flowir.kernel.machine"
    };
    private static final String MACHINE = "dev.flowir.kernel.machine";

    private static final String[] ALLOWED_PACKAGES = {
        "java.lang",
        "java.lang.annotation",
        "java.util",
        "java.util.function",
        "java.math",
        "io.vavr..",
        "org.jspecify.annotations",
        "dev.flowir.ir",
        "dev.flowir.ir.check",
        "dev.flowir.ir.diff",
        "dev.flowir.ir.plan"
    };
    private static final Set<String> ALLOWED_CLASSES = Set.of("java.time.Duration");

    /**
     * Inside the allowed packages, yet a thread, a clock, a process, randomness or a locale's data.
     */
    private static final Set<String> BANNED_CLASSES =
            Set.of(
                    "java.lang.Thread",
                    "java.lang.ThreadGroup",
                    "java.lang.ThreadLocal",
                    "java.lang.InheritableThreadLocal",
                    "java.lang.Runtime",
                    "java.lang.Process",
                    "java.lang.ProcessBuilder",
                    "java.lang.ProcessHandle",
                    "java.lang.ClassLoader",
                    "java.lang.StackWalker",
                    "java.util.Random",
                    "java.util.SplittableRandom",
                    "java.util.UUID",
                    "java.util.Timer",
                    "java.util.TimerTask",
                    "java.util.Date",
                    "java.util.Calendar",
                    "java.util.TimeZone",
                    "java.util.Formatter",
                    "java.util.Scanner",
                    "java.util.ServiceLoader",
                    "java.util.ResourceBundle",
                    "java.util.Properties");

    /** Class and method, each with a reason that a reader of the failure can act on. */
    private static final Set<String> BANNED_METHODS =
            Set.of(
                    "java.lang.String.format",
                    "java.lang.String.formatted",
                    "java.lang.String.split",
                    "java.lang.String.splitWithDelimiters",
                    "java.lang.String.matches",
                    "java.lang.String.replaceAll",
                    "java.lang.String.replaceFirst",
                    "java.lang.Math.random",
                    "java.lang.StrictMath.random",
                    "java.util.Collections.shuffle",
                    "java.lang.Object.wait",
                    "java.lang.Object.notify",
                    "java.lang.Object.notifyAll");

    private static final Set<String> ALLOWED_SYSTEM = Set.of("arraycopy", "identityHashCode");
    private static final Set<String> ALLOWED_OF_CLASS =
            Set.of(
                    "getName",
                    "getSimpleName",
                    "isInstance",
                    "cast",
                    "equals",
                    "hashCode",
                    "desiredAssertionStatus");

    private PurePackages() {}

    static List<ArchRule> rules() {
        return List.of(
                imports(),
                methods(),
                enumLookup(),
                machineHasNoHashOrder(),
                noLocks(),
                noLockedMethods());
    }

    private static ArchRule imports() {
        DescribedPredicate<JavaClass> allowed =
                resideInAnyPackage(ALLOWED_PACKAGES)
                        .or(describe("are allowed", c -> ALLOWED_CLASSES.contains(c.getName())))
                        .and(describe("are not banned", c -> !BANNED_CLASSES.contains(c.getName())))
                        .or(resideInAnyPackage(MACHINE));
        DescribedPredicate<JavaClass> outside =
                describe("are primitive", (JavaClass c) -> c.getBaseComponentType().isPrimitive());
        return ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(
                        not(outside)
                                .and(
                                        describe(
                                                "are outside of the pure packages' list",
                                                c -> !allowed.test(c.getBaseComponentType()))))
                .allowEmptyShould(true)
                .as("pure packages import only what an edge isolate has");
    }

    private static ArchRule methods() {
        return ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .accessTargetWhere(describe("is not pure", PurePackages::isBanned))
                .allowEmptyShould(true)
                .as(
                        "pure packages call nothing that formats, matches, reflects, waits or asks the clock");
    }

    private static boolean isBanned(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return switch (owner) {
            case "java.lang.System" -> !ALLOWED_SYSTEM.contains(name);
            case "java.lang.Class" -> !ALLOWED_OF_CLASS.contains(name);
            default ->
                    BANNED_METHODS.contains(owner + "." + name)
                            || Set.of("wait", "notify", "notifyAll").contains(name);
        };
    }

    private static ArchRule enumLookup() {
        return ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethodWhere(
                        describe(
                                "looks an enum up by name",
                                call ->
                                        call.getTarget().getName().equals("valueOf")
                                                && (call.getTargetOwner().isEnum()
                                                        || call.getTargetOwner()
                                                                .isEquivalentTo(Enum.class))
                                                && !call.getOrigin().getName().equals("valueOf")))
                .allowEmptyShould(true)
                .as("pure packages look enums up through their own table, not Enum.valueOf");
    }

    private static ArchRule machineHasNoHashOrder() {
        Set<String> hashed =
                Set.of("java.util.HashMap", "java.util.HashSet", "java.util.IdentityHashMap");
        return ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage(MACHINE)
                .should()
                .dependOnClassesThat(
                        describe("order by hash", (JavaClass c) -> hashed.contains(c.getName())))
                .allowEmptyShould(true)
                .as("the machine has no collection whose order depends on hashes");
    }

    private static ArchRule noLocks() {
        return ArchRuleDefinition.noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(PURE)
                .should()
                .haveModifier(JavaModifier.VOLATILE)
                .allowEmptyShould(true)
                .as("pure packages belong to one thread: no volatile field");
    }

    private static ArchRule noLockedMethods() {
        return ArchRuleDefinition.noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(PURE)
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .allowEmptyShould(true)
                .as("pure packages belong to one thread: no synchronized method");
    }
}
