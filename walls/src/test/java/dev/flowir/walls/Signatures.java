package dev.flowir.walls;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the names and signatures of published types may show. */
final class Signatures {

    /** Libraries that we may use and may not pass on. */
    private static final List<String> HIDDEN =
            List.of(
                    "io.vavr",
                    "tools.jackson",
                    "com.fasterxml",
                    "org.sqlite",
                    "io.lettuce",
                    "io.netty",
                    "reactor",
                    "software.amazon");

    private static final String BAD_NAME = ".*(Impl|Util|Utils|Manager|Helper)";

    private Signatures() {}

    static List<ArchRule> rules(Set<String> exportedPackages) {
        return List.of(signaturesHideLibraries(exportedPackages), names());
    }

    private static ArchRule signaturesHideLibraries(Set<String> exportedPackages) {
        return ArchRuleDefinition.classes()
                .that(
                        DescribedPredicate.describe(
                                "are exported",
                                (JavaClass c) ->
                                        exportedPackages.contains(c.getPackageName())
                                                && isVisible(c)))
                .should(showNoHiddenLibrary())
                .allowEmptyShould(true)
                .as("published signatures show no type of " + String.join(", ", HIDDEN));
    }

    private static boolean isVisible(JavaClass type) {
        return (type.getModifiers().contains(JavaModifier.PUBLIC)
                        || type.getModifiers().contains(JavaModifier.PROTECTED))
                && type.getEnclosingClass().map(Signatures::isVisible).orElse(true);
    }

    private static ArchCondition<JavaClass> showNoHiddenLibrary() {
        return new ArchCondition<>("show no hidden library") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream<JavaClass> parents =
                        Stream.concat(
                                type.getRawSuperclass().stream(), type.getRawInterfaces().stream());
                report(type, type.getFullName(), parents, events);
                for (JavaMember member : type.getMembers()) {
                    boolean open =
                            member.getModifiers().contains(JavaModifier.PUBLIC)
                                    || member.getModifiers().contains(JavaModifier.PROTECTED);
                    if (open && !member.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                        report(type, member.getFullName(), shown(member), events);
                    }
                }
            }
        };
    }

    private static Stream<JavaClass> shown(JavaMember member) {
        Stream<JavaClass> types = member.getAllInvolvedRawTypes().stream();
        return member instanceof JavaCodeUnit unit
                ? Stream.concat(types, unit.getExceptionTypes().stream())
                : types;
    }

    private static void report(
            JavaClass type, String place, Stream<JavaClass> shown, ConditionEvents events) {
        shown.filter(Signatures::isHidden)
                .forEach(hidden ->
                        events.add(
                                SimpleConditionEvent.violated(
                                        type, place + " shows " + hidden.getName())));
    }

    private static boolean isHidden(JavaClass type) {
        return HIDDEN.stream().anyMatch(library -> type.getPackageName().startsWith(library));
    }

    private static ArchRule names() {
        return ArchRuleDefinition.noClasses()
                .should()
                .haveNameMatching(BAD_NAME)
                .as("no name ends in Impl, Util, Manager or Helper");
    }
}
