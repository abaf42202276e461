package dev.flowir.ir.json;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Type;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** JSON of one type. */
final class JsonCodec<T> implements Codec<T> {

    private final Type<?> type;
    private final JsonLimits limits;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    JsonCodec(JsonMapper mapper, JavaType javaType, Type<?> type, JsonLimits limits) {
        this.type = type;
        this.limits = limits;
        this.reader = mapper.readerFor(javaType);
        this.writer = mapper.writerFor(javaType);
    }

    @Override
    public String id() {
        return "json";
    }

    @Override
    public byte[] encode(T value) throws CodecException {
        Bounded out = new Bounded(limits.maxBytes());
        try {
            writer.writeValue(out, value);
        } catch (TooLong beyond) {
            throw JsonFailures.tooLong(type, "grows beyond", limits);
        } catch (JacksonException failure) {
            if (failure.getCause() instanceof TooLong) {
                throw JsonFailures.tooLong(type, "grows beyond", limits);
            }
            throw JsonFailures.onWrite(type, failure);
        }
        return out.toByteArray();
    }

    @Override
    public T decode(byte[] bytes) throws CodecException {
        if (bytes.length > limits.maxBytes()) {
            throw JsonFailures.tooLong(type, "of " + bytes.length + " bytes is above", limits);
        }
        JsonFailures.refuseOtherEncodings(bytes);
        T value;
        try (JsonParser in = reader.createParser(bytes)) {
            if (in.nextToken() == null) {
                throw JsonFailures.empty(type);
            }
            value = reader.readValue(in);
            if (in.nextToken() != null) {
                throw JsonFailures.trailing(in.currentTokenLocation());
            }
        } catch (JacksonException failure) {
            throw JsonFailures.onRead(type, bytes, failure);
        }
        boolean none = value == null;
        if (none && type.raw() != Void.class) {
            throw JsonFailures.nullPayload(type);
        }
        return value;
    }

    private static final class TooLong extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooLong() {
            super("beyond the limit", null, false, false);
        }
    }

    /** Stops the writer at the limit instead of after it. */
    private static final class Bounded extends ByteArrayOutputStream {

        private final int limit;

        Bounded(int limit) {
            super(256);
            this.limit = limit;
        }

        @Override
        public synchronized void write(int octet) {
            claim(1);
            super.write(octet);
        }

        @Override
        public synchronized void write(byte[] octets, int offset, int length) {
            claim(length);
            super.write(octets, offset, length);
        }

        private void claim(int more) {
            if (more > limit - count) {
                throw new TooLong();
            }
        }
    }
}
