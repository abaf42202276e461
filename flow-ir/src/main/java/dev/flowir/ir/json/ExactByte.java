package dev.flowir.ir.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/** A byte is -128 to 127; the library's own reader takes 128 to 255 as well and wraps them. */
final class ExactByte extends StdDeserializer<Byte> {

    ExactByte() {
        super(byte.class);
    }

    @Override
    public Byte deserialize(JsonParser in, DeserializationContext context) {
        if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            return (Byte) context.handleUnexpectedToken(byte.class, in);
        }
        long wide =
                in.getNumberType() == JsonParser.NumberType.INT ? in.getIntValue() : Long.MAX_VALUE;
        if (wide < Byte.MIN_VALUE || wide > Byte.MAX_VALUE) {
            throw new InputCoercionException(
                    in, "not within -128 and 127", in.currentToken(), byte.class);
        }
        return (byte) wide;
    }
}
