package dev.halftone.adapters.outbound;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/// Says what kind of failure it was that no whole answer came. The text is ours: exceptions of the network carry
/// addresses, which must not leave.
final class Unanswered {

    private Unanswered() {}

    static HalftoneException of(IOException failure, Deadline deadline, Duration within) {
        if (failure instanceof AddressPolicy.Blocked) {
            return AddressPolicy.blocked();
        }
        if (deadline.hasPassed()) {
            return of(FailureCode.TIMEOUT, "no whole answer within " + seconds(within), failure);
        }
        if (failure instanceof UnknownHostException) {
            return of(FailureCode.DNS_FAILURE, "the host name did not resolve to an address", failure);
        }
        if (failure instanceof SSLException && !isCut(failure)) {
            return of(FailureCode.TLS_FAILURE, "no trusted secure connection: " + reasonOf(failure), failure);
        }
        return of(FailureCode.CONNECT_FAILED, whatBroke(failure), failure);
    }

    private static String whatBroke(IOException failure) {
        if (failure instanceof SocketTimeoutException) {
            return "the host did not take the connection in time";
        }
        if (failure instanceof java.net.ConnectException) {
            return "the host refused the connection";
        }
        if (failure instanceof NoHttpResponseException) {
            return "the host closed the connection without an answer";
        }
        if (failure instanceof ConnectionClosedException) {
            return "the connection ended before the body was whole";
        }
        if (failure instanceof ClientProtocolException) {
            return "the host did not answer in valid HTTP";
        }
        return "the connection broke";
    }

    /// A connection that ended under TLS is a broken connection; the certificate was not the trouble.
    private static boolean isCut(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException || cause instanceof EOFException) {
                return true;
            }
        }
        return false;
    }

    private static String reasonOf(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.security.cert.CertificateExpiredException) {
                return "the certificate has expired";
            }
            if (cause instanceof java.security.cert.CertPathBuilderException) {
                return "the certificate is not signed by a known authority";
            }
            if (cause instanceof javax.net.ssl.SSLPeerUnverifiedException
                    || cause instanceof java.security.cert.CertificateException && cause.getCause() == null) {
                return "the certificate is not valid for this host";
            }
        }
        return "the handshake failed";
    }

    private static String seconds(Duration duration) {
        return Math.ceilDiv(duration.toMillis(), 1000) + " s";
    }

    private static HalftoneException of(FailureCode code, String detail, IOException cause) {
        return HalftoneException.of(code, detail, cause);
    }
}
