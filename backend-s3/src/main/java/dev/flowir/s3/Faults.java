package dev.flowir.s3;

import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobFault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says in our words what the client says in its own. */
final class Faults {

    /** What is wrong with the call itself, by the server's name for it. */
    private static final Map<String, BlobFault> OF_CALLS =
            Map.ofEntries(
                    Map.entry("KeyTooLongError", BlobFault.INVALID_KEY),
                    Map.entry("MetadataTooLarge", BlobFault.METADATA_TOO_LARGE),
                    Map.entry("RequestHeaderSectionTooLarge", BlobFault.METADATA_TOO_LARGE),
                    Map.entry("EntityTooLarge", BlobFault.TOO_LARGE),
                    Map.entry("BadDigest", BlobFault.BAD_DIGEST),
                    Map.entry("XAmzContentSHA256Mismatch", BlobFault.BAD_DIGEST),
                    Map.entry("InvalidRange", BlobFault.INVALID_RANGE),
                    Map.entry("NoSuchUpload", BlobFault.NO_SUCH_UPLOAD),
                    Map.entry("InvalidPart", BlobFault.INVALID_PART),
                    Map.entry("InvalidPartOrder", BlobFault.INVALID_PART),
                    Map.entry("EntityTooSmall", BlobFault.PART_TOO_SMALL));

    private static final String SKEWED = "RequestTimeTooSkewed";
    private static final int DENIED_LOGIN = 401;
    private static final int DENIED = 403;
    private static final int NO_RANGE = 416;
    private static final int TOO_MANY = 429;
    private static final int SERVER_FAILED = 500;
    private static final int NO_ROOM = 507;

    private Faults() {}

    static RuntimeException of(SdkException failure) {
        return failure instanceof AwsServiceException answer ? answered(answer) : silent(failure);
    }

    /** The server's name for what went wrong; empty where it gave none. */
    static String name(AwsServiceException answer) {
        return Optional.ofNullable(answer.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
    }

    private static RuntimeException answered(AwsServiceException answer) {
        // An answer to HEAD names nothing, and the time of it tells.
        String name = answer.isClockSkewException() ? SKEWED : name(answer);
        int status = answer.statusCode();
        String said = words(answer, name, status);
        BlobFault ofCall = status == NO_RANGE ? BlobFault.INVALID_RANGE : OF_CALLS.get(name);
        if (ofCall != null) {
            return new BlobException(ofCall, "the server refused it: " + said, answer);
        }
        return new S3CallException(fault(name, status, said), said, answer);
    }

    private static S3Fault fault(String name, int status, String said) {
        if (name.equals("NoSuchBucket")) {
            return S3Fault.NO_BUCKET;
        }
        if (name.equals(SKEWED)) {
            return S3Fault.CLOCKS;
        }
        if (status == DENIED || status == DENIED_LOGIN) {
            return S3Fault.DENIED;
        }
        if (status == NO_ROOM || isFull(name + " " + said)) {
            return S3Fault.FULL;
        }
        boolean later = status >= SERVER_FAILED || status == TOO_MANY;
        return later ? S3Fault.NOT_READY : S3Fault.REFUSED;
    }

    private static boolean isFull(String said) {
        String text = said.toLowerCase(Locale.ROOT);
        return text.contains("no space left")
                || text.contains("storagefull")
                || text.contains("quotaexceeded")
                || text.contains("insufficientstorage")
                || text.contains("file too large");
    }

    private static String words(AwsServiceException answer, String name, int status) {
        String said =
                Optional.ofNullable(answer.awsErrorDetails())
                        .map(AwsErrorDetails::errorMessage)
                        .orElse("");
        return "the server says "
                + status
                + (name.isEmpty() ? "" : " " + name)
                + (said == null || said.isEmpty() ? "" : ": " + said);
    }

    private static S3CallException silent(SdkException failure) {
        if (failure instanceof AbortedException || Thread.currentThread().isInterrupted()) {
            return new S3CallException(
                    S3Fault.INTERRUPTED, "interrupted; whether it was done is unknown", failure);
        }
        if (failure instanceof ApiCallTimeoutException
                || failure instanceof ApiCallAttemptTimeoutException) {
            return unanswered("the server did not answer in time", failure);
        }
        for (Throwable at = failure.getCause(); at != null; at = at.getCause()) {
            if (at instanceof ConnectException
                    || at instanceof UnknownHostException
                    || at instanceof NoRouteToHostException
                    || isNamed(at, "ConnectTimeoutException")) {
                return away("nobody answers there: ", at, failure);
            }
            if (at instanceof SSLHandshakeException || at instanceof SSLPeerUnverifiedException) {
                return away("whoever answers there is not believed: ", at, failure);
            }
            if (isNamed(at, "ConnectionRequestTimeoutException")
                    || isNamed(at, "ConnectionPoolTimeoutException")) {
                return new S3CallException(
                        S3Fault.TOO_MUCH_UNDER_WAY,
                        "all connections are in use; close objects that are open, or allow more"
                                + " connections; nothing was sent",
                        failure);
            }
        }
        return unanswered("the connection broke", failure);
    }

    private static S3CallException away(String what, Throwable why, SdkException failure) {
        return new S3CallException(
                S3Fault.AWAY, what + why.getMessage() + "; nothing was sent", failure);
    }

    private static boolean isNamed(Throwable failure, String name) {
        return failure.getClass().getSimpleName().equals(name);
    }

    private static S3CallException unanswered(String what, Throwable cause) {
        return new S3CallException(
                S3Fault.NO_ANSWER, what + "; whether it was done is unknown", cause);
    }

    /** Reading an open object failed. */
    static IOException reading(IOException cause) {
        S3CallException coded =
                new S3CallException(
                        S3Fault.NO_ANSWER, "the rest of the object did not come: " + cause, cause);
        return new IOException(coded.getMessage(), coded);
    }
}
