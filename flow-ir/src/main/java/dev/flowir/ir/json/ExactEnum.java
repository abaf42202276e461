package dev.flowir.ir.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/** A constant by its name to the letter; the library's own reader forgives blanks around it. */
final class ExactEnum extends DelegatingDeserializer {

    private ExactEnum(ValueDeserializer<?> lenient) {
        super(lenient);
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> other) {
        return new ExactEnum(other);
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) {
        if (in.currentToken() == JsonToken.VALUE_STRING) {
            String name = in.getString();
            if (!name.equals(name.trim())) {
                return context.handleWeirdStringValue(handledType(), name, "blanks around it");
            }
        }
        return super.deserialize(in, context);
    }

    /** Puts it before the reader of every enum. */
    static final class Everywhere extends ValueDeserializerModifier {

        private static final long serialVersionUID = 1;

        @Override
        public ValueDeserializer<?> modifyEnumDeserializer(
                DeserializationConfig config,
                JavaType type,
                BeanDescription.Supplier described,
                ValueDeserializer<?> lenient) {
            return new ExactEnum(lenient);
        }
    }
}
