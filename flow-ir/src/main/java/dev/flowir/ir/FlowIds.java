package dev.flowir.ir;

/**
 * Ids that follow from names: version 5 UUIDs (RFC 9562, SHA-1) under the namespace of flows. The
 * same name and version give the same id on every platform.
 */
public final class FlowIds {

    /** UUIDv5(DNS, {@code lattice.flow}), the namespace of flow ids. */
    static final String NAMESPACE = "49263c8a-3401-5cd3-a0bb-f2e85e9875d3";

    private FlowIds() {}

    /**
     * {@return the id of a flow: UUIDv5 of {@code name:version}, lower case with hyphens}
     *
     * @param name name of the flow
     * @param version its version as written
     */
    public static String flowId(String name, String version) {
        return uuid5(NAMESPACE, name + ":" + version);
    }

    /**
     * {@return the id of a node: {@code <flow id>::<alias>}}
     *
     * @param flowId id of the flow
     * @param alias alias of the node
     */
    public static String nodeId(String flowId, String alias) {
        return flowId + "::" + alias;
    }

    /** UUIDv5 of UTF-8 {@code name} in {@code namespace}, a UUID as text. */
    static String uuid5(String namespace, String name) {
        byte[] text = Utf8.encode(name);
        byte[] message = new byte[16 + text.length];
        int at = 0;
        for (int i = 0; i < namespace.length(); i++) {
            if (namespace.charAt(i) != '-') {
                int high = Character.digit(namespace.charAt(i), 16);
                int low = Character.digit(namespace.charAt(++i), 16);
                message[at++] = (byte) ((high << 4) | low);
            }
        }
        System.arraycopy(text, 0, message, 16, text.length);
        byte[] hash = Sha1.digest(message);
        hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
        StringBuilder uuid = new StringBuilder(36);
        for (int i = 0; i < 16; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                uuid.append('-');
            }
            uuid.append(Character.forDigit((hash[i] >> 4) & 15, 16));
            uuid.append(Character.forDigit(hash[i] & 15, 16));
        }
        return uuid.toString();
    }
}
