package dev.flowir.blob;

import dev.flowir.kernel.cap.FaultKind;
import java.util.OptionalInt;

/** What can be wrong with a call. Codes are stable; texts are not. Nothing was written. */
public enum BlobFault {
    /** The key is empty, too long or no Unicode. */
    INVALID_KEY("BLOB101", 400, 10020),
    /** Custom metadata is larger than the profile allows. */
    METADATA_TOO_LARGE("BLOB102", 400, 10012),
    /** A header value has control characters, or a text of the metadata is no Unicode. */
    INVALID_METADATA("BLOB103", 400, 10029),
    /** The body, the part or the object is larger than the profile allows. */
    TOO_LARGE("BLOB104", 413, 100100),
    /** The body has no known length, and the profile wants one. */
    LENGTH_UNKNOWN("BLOB105", 411, 0),
    /** The body had fewer or more bytes than was said. */
    WRONG_LENGTH("BLOB106", 400, 0),
    /** Reading the body failed; the cause is its failure. */
    BODY_FAILED("BLOB107", 400, 0),
    /** The bytes do not add up to the checksum. */
    BAD_DIGEST("BLOB108", 400, 10037),
    /** The range has no byte of the object. */
    INVALID_RANGE("BLOB109", 416, 10039),
    /** A condition did not hold, where the caller wanted it to. */
    PRECONDITION_FAILED("BLOB110", 412, 10031),
    /** There is no object to copy. */
    NO_SUCH_KEY("BLOB111", 404, 10007),
    /** More keys in one delete than the profile allows. */
    TOO_MANY_KEYS("BLOB112", 400, 10029),
    /** A page of less than one object, or of more than the profile allows. */
    INVALID_LIMIT("BLOB113", 400, 10022),
    /** The cursor was not made by a list with this prefix. */
    INVALID_CURSOR("BLOB114", 400, 10029),
    /** Another argument makes no sense. */
    INVALID_ARGUMENT("BLOB115", 400, 10029),

    /** The upload is completed, aborted, too old, or never was. */
    NO_SUCH_UPLOAD("BLOB121", 404, 10024),
    /** A part is not there, is named twice, has another etag, or another size than the others. */
    INVALID_PART("BLOB122", 400, 10025),
    /** A part that is not the last is too small. */
    PART_TOO_SMALL("BLOB123", 400, 10011),

    /** Two rules would tell of the same change. */
    RULES_OVERLAP("BLOB131", 409, 0),

    /** The signature is not ours, or what it signs was changed. */
    BAD_SIGNATURE("BLOB141", 403, 0),
    /** The time of the signature is over. */
    SIGNATURE_EXPIRED("BLOB142", 403, 0),

    /** The folder is in use, or belongs to another store. */
    WRONG_FOLDER("BLOB201", 500, 0),
    /** The bucket is closed. */
    CLOSED("BLOB202", 503, 0),
    /** The calling thread was interrupted. */
    INTERRUPTED("BLOB203", 503, 0),

    /** The disk is full; what was there is still there. */
    DISK_FULL("BLOB301", 507, 0),
    /** Reading or writing a file failed. */
    IO("BLOB302", 500, 10001),
    /** A file is missing, cut, or has other bytes than were written. */
    CORRUPT("BLOB303", 500, 10001);

    private final String code;
    private final int status;
    private final int r2Code;

    BlobFault(String code, int status, int r2Code) {
        this.code = code;
        this.status = status;
        this.r2Code = r2Code;
    }

    /** {@return the stable code, for example {@code BLOB101}} */
    public String code() {
        return code;
    }

    /** {@return which of the kinds that all capabilities share} */
    public FaultKind kind() {
        return switch (this) {
            case INVALID_KEY,
                    INVALID_METADATA,
                    LENGTH_UNKNOWN,
                    WRONG_LENGTH,
                    BAD_DIGEST,
                    INVALID_RANGE,
                    INVALID_LIMIT,
                    INVALID_CURSOR,
                    INVALID_ARGUMENT,
                    INVALID_PART,
                    PART_TOO_SMALL ->
                    FaultKind.INVALID;
            case METADATA_TOO_LARGE, TOO_LARGE, TOO_MANY_KEYS -> FaultKind.TOO_LARGE;
            case NO_SUCH_KEY, NO_SUCH_UPLOAD -> FaultKind.NOT_FOUND;
            case PRECONDITION_FAILED, RULES_OVERLAP, WRONG_FOLDER -> FaultKind.CONFLICT;
            case BAD_SIGNATURE -> FaultKind.DENIED;
            case SIGNATURE_EXPIRED -> FaultKind.EXPIRED;
            case CLOSED -> FaultKind.CLOSED;
            case INTERRUPTED -> FaultKind.CANCELLED;
            case DISK_FULL -> FaultKind.FULL;
            case BODY_FAILED, IO -> FaultKind.INTERNAL;
            case CORRUPT -> FaultKind.CORRUPT;
        };
    }

    /** {@return the HTTP status that says the same, for example 416} */
    public int status() {
        return status;
    }

    /** {@return R2's own code where it has one, for example 10039} */
    public OptionalInt r2Code() {
        return r2Code == 0 ? OptionalInt.empty() : OptionalInt.of(r2Code);
    }

    /** {@return true when the same call may succeed later} */
    public boolean retryable() {
        return this == INTERRUPTED || this == DISK_FULL || this == IO;
    }
}
