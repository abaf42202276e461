package dev.flowir.ir.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.Nulls;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** The mapper behind {@link JsonCodecs}, with every setting that makes it strict. */
final class PayloadMapper {

    private PayloadMapper() {}

    static JsonMapper create(JsonLimits limits, UnknownProperties unknown) {
        JsonFactory factory =
                JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxDocumentLength(limits.maxBytes())
                                        .maxNestingDepth(limits.maxDepth())
                                        .maxNumberLength(limits.maxNumberLength())
                                        .maxNameLength(limits.maxNameLength())
                                        .maxStringLength(limits.maxBytes())
                                        .build())
                        .streamWriteConstraints(
                                StreamWriteConstraints.builder()
                                        .maxNestingDepth(limits.maxDepth())
                                        .build())
                        .build();
        return JsonMapper.builder(factory)
                .annotationIntrospector(new PayloadIntrospector())
                .addModule(new JsonValueModule())
                .addModule(
                        new SimpleModule()
                                .addDeserializer(byte.class, new ExactByte())
                                .addDeserializer(Byte.class, new ExactByte())
                                .setDeserializerModifier(new ExactEnum.Everywhere()))
                .configure(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        unknown == UnknownProperties.REFUSE)
                // the codec looks for itself, to say so under the right code
                .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING)
                .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .withCoercionConfigDefaults(all ->
                        all.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.EmptyArray, CoercionAction.Fail))
                .withCoercionConfig(
                        LogicalType.Textual,
                        text ->
                                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                        .setCoercion(
                                                CoercionInputShape.Boolean, CoercionAction.Fail))
                .changeDefaultPropertyInclusion(
                        given -> given.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                .changeDefaultNullHandling(
                        given -> given.withValueNulls(Nulls.FAIL).withContentNulls(Nulls.FAIL))
                .build();
    }
}
