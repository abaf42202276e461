package dev.flowir.ir.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import dev.flowir.ir.JsonValue;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Reads out of plain Java what would otherwise be said with annotations: which record components
 * must be there, and how sealed types are told apart. Annotations, where given, win.
 */
final class PayloadIntrospector extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1;

    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
            MapperConfig<?> config, Annotated annotated) {
        JsonTypeInfo.Value given = super.findPolymorphicTypeInfo(config, annotated);
        if (given != null
                || !(annotated instanceof AnnotatedClass type)
                || !SealedTypes.isTagged(type.getRawType())) {
            return given;
        }
        return JsonTypeInfo.Value.construct(
                JsonTypeInfo.Id.NAME,
                JsonTypeInfo.As.PROPERTY,
                SealedTypes.DISCRIMINATOR,
                null,
                false,
                null,
                null);
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
        if (annotated instanceof AnnotatedClass type && SealedTypes.isTagged(type.getRawType())) {
            SealedTypes.refuseAmbiguousNames(type.getRawType());
            return SealedTypes.leaves(type.getRawType()).stream()
                    .map(leaf -> new NamedType(leaf, leaf.getSimpleName()))
                    .toList();
        }
        return super.findSubtypes(config, annotated);
    }

    @Override
    public @Nullable String findTypeName(MapperConfig<?> config, AnnotatedClass type) {
        String given = super.findTypeName(config, type);
        return given == null ? type.getRawType().getSimpleName() : given;
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        Boolean given = super.hasRequiredMarker(config, member);
        if (given != null) {
            return given;
        }
        return component(member) == null ? null : !mayBeAbsent(member);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        JsonSetter.Value given = super.findSetterInfo(config, annotated);
        if (!(annotated instanceof AnnotatedMember member)) {
            return given;
        }
        Nulls value = given.getValueNulls();
        Nulls content = given.getContentNulls();
        if (value == Nulls.DEFAULT && (mayBeAbsent(member) || isJson(member.getType()))) {
            value = Nulls.SET;
        }
        if (content == Nulls.DEFAULT && holdsJson(member.getType())) {
            content = Nulls.SET;
        }
        return JsonSetter.Value.construct(value, content);
    }

    private static boolean mayBeAbsent(AnnotatedMember member) {
        if (OPTIONALS.contains(member.getRawType())) {
            return true;
        }
        RecordComponent component = component(member);
        if (component == null) {
            return false;
        }
        for (Annotation annotation : component.getAnnotatedType().getAnnotations()) {
            // by name: any library's @Nullable says the same
            if (annotation.annotationType().getSimpleName().equals("Nullable")) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable RecordComponent component(AnnotatedMember member) {
        RecordComponent[] components = member.getDeclaringClass().getRecordComponents();
        if (components == null) {
            return null;
        }
        if (member instanceof AnnotatedParameter parameter) {
            return parameter.getOwner().getParameterCount() == components.length
                    ? components[parameter.getIndex()]
                    : null;
        }
        for (RecordComponent component : components) {
            if (component.getName().equals(member.getName())) {
                return component;
            }
        }
        return null;
    }

    private static boolean holdsJson(JavaType type) {
        JavaType content = type.getContentType();
        return content != null && (isJson(content) || holdsJson(content));
    }

    private static boolean isJson(JavaType type) {
        return JsonValue.class.isAssignableFrom(type.getRawClass());
    }
}
