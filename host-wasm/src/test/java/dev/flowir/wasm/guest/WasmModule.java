package dev.flowir.wasm.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A small module of plain WebAssembly, put together byte by byte. */
final class WasmModule {

    private static final int ONE_TO_ONE = 0;
    private static final int PLACE_TO_PLACE = 1;

    private WasmModule() {}

    /**
     * {@return a module that imports {@code importedModule.get} and exports memory, alloc, and}
     *
     * <ul>
     *   <li>{@code echo}, which answers its input
     *   <li>{@code ask}, which answers what the import answers
     *   <li>{@code loop}, which never ends
     *   <li>{@code trap}, which cannot go on
     *   <li>{@code grow}, which takes memory for ever
     *   <li>{@code wrong}, whose answer lies outside of its memory
     * </ul>
     */
    static byte[] importing(String importedModule) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00});
        section(
                out,
                1,
                list(
                        bytes(0x60, 1, 0x7f, 1, 0x7f), // (i32) -> i32
                        bytes(0x60, 2, 0x7f, 0x7f, 1, 0x7e))); // (i32, i32) -> i64
        section(out, 2, list(join(text(importedModule), text("get"), bytes(0, PLACE_TO_PLACE))));
        section(
                out,
                3,
                bytes(
                        7,
                        ONE_TO_ONE,
                        PLACE_TO_PLACE,
                        PLACE_TO_PLACE,
                        PLACE_TO_PLACE,
                        PLACE_TO_PLACE,
                        PLACE_TO_PLACE,
                        PLACE_TO_PLACE));
        section(out, 5, bytes(1, 0, 1)); // a page
        section(
                out,
                6,
                bytes(1, 0x7f, 1, 0x41, 0x80, 0x08, 0x0b)); // where free memory begins: 1024
        section(
                out,
                7,
                list(
                        join(text("memory"), bytes(2, 0)),
                        join(text("alloc"), bytes(0, 1)),
                        join(text("echo"), bytes(0, 2)),
                        join(text("ask"), bytes(0, 3)),
                        join(text("loop"), bytes(0, 4)),
                        join(text("trap"), bytes(0, 5)),
                        join(text("grow"), bytes(0, 6)),
                        join(text("wrong"), bytes(0, 7))));
        section(
                out,
                10,
                list(
                        // free; free = free + length
                        code(0x23, 0, 0x23, 0, 0x20, 0, 0x6a, 0x24, 0),
                        // address << 32 | length
                        code(0x20, 0, 0xad, 0x42, 32, 0x86, 0x20, 1, 0xad, 0x84),
                        code(0x20, 0, 0x20, 1, 0x10, 0),
                        code(0x03, 0x40, 0x0c, 0, 0x0b, 0x00),
                        code(0x00),
                        code(0x03, 0x40, 0x41, 16, 0x40, 0, 0x1a, 0x0c, 0, 0x0b, 0x00),
                        code(0x42, 0x7f)));
        return out.toByteArray();
    }

    private static byte[] code(int... instructions) {
        byte[] body = join(bytes(0), bytes(instructions), bytes(0x0b));
        return join(bytes(body.length), body);
    }

    private static void section(ByteArrayOutputStream out, int id, byte[] content) {
        out.write(id);
        if (content.length >= 128) {
            out.write((content.length & 0x7f) | 0x80);
            out.write(content.length >> 7);
        } else {
            out.write(content.length);
        }
        out.writeBytes(content);
    }

    private static byte[] list(byte[]... items) {
        return join(bytes(items.length), join(items));
    }

    private static byte[] text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return join(bytes(utf8.length), utf8);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List.of(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static byte[] bytes(int... values) {
        byte[] all = new byte[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) values[i];
        }
        return all;
    }
}
