package dev.flowir.kv;

import java.nio.charset.StandardCharsets;

/**
 * Names that begin with a text, which flows do not see.
 *
 * @param prefix the text
 */
record PrefixedKeys(String prefix) implements Veil {

    @Override
    public String name(String key) {
        return prefix + key;
    }

    @Override
    public String key(String name) {
        return name.substring(prefix.length());
    }

    @Override
    public int moreKeyBytes() {
        return prefix.getBytes(StandardCharsets.UTF_8).length;
    }
}
