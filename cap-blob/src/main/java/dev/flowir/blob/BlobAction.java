package dev.flowir.blob;

import java.util.Arrays;
import java.util.Optional;

/** What can happen to an object. */
public enum BlobAction {
    /** It was put. */
    PUT_OBJECT("PutObject", Kind.OBJECT_CREATE),
    /** It was put together of parts. */
    COMPLETE_MULTIPART_UPLOAD("CompleteMultipartUpload", Kind.OBJECT_CREATE),
    /** It was copied from another. */
    COPY_OBJECT("CopyObject", Kind.OBJECT_CREATE),
    /** It was deleted. */
    DELETE_OBJECT("DeleteObject", Kind.OBJECT_DELETE),
    /** It was deleted because of its age. */
    LIFECYCLE_DELETION("LifecycleDeletion", Kind.OBJECT_DELETE);

    /** What rules choose by. */
    public enum Kind {
        /** {@code object-create}: it is there now, or there again. */
        OBJECT_CREATE,
        /** {@code object-delete}: it is gone. */
        OBJECT_DELETE
    }

    private final String wire;
    private final Kind kind;

    BlobAction(String wire, Kind kind) {
        this.wire = wire;
        this.kind = kind;
    }

    /** {@return its name in notifications, for example {@code PutObject}} */
    public String wire() {
        return wire;
    }

    /** {@return what rules choose it by} */
    public Kind kind() {
        return kind;
    }

    /**
     * The action with a name.
     *
     * @param wire its name in notifications
     * @return the action; empty when there is none of that name
     */
    public static Optional<BlobAction> of(String wire) {
        return Arrays.stream(values()).filter(action -> action.wire.equals(wire)).findFirst();
    }
}
