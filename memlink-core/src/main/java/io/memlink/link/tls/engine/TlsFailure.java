package io.memlink.link.tls.engine;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Locale;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The failures of TLS handshakes in words that are the same for both engines.
 */
final class TlsFailure {

    private TlsFailure() {
    }

    static String describe(Throwable failure, Duration timeout) {
        String prefix = "TLS handshake failed: ";
        if (isTimeout(failure)) {
            return prefix + "connected, but it was not completed within " + timeout.toMillis()
                    + " ms; does this port speak TLS?";
        }
        if (find(failure, NotSslRecordException.class) != null) {
            return prefix + "this port does not speak TLS";
        }
        return prefix + reason(failure);
    }

    private static String reason(Throwable failure) {
        if (find(failure, CertificateExpiredException.class) != null) {
            return "the certificate of the server has expired (" + rootMessage(failure) + ")";
        }
        if (find(failure, CertificateNotYetValidException.class) != null) {
            return "the certificate of the server is not valid yet (" + rootMessage(failure) + ")";
        }
        if (find(failure, CertPathBuilderException.class) != null
                || find(failure, CertPathValidatorException.class) != null) {
            return "the certificate of the server comes from an unknown authority (" + rootMessage(failure) + ")";
        }
        if (find(failure, CertificateException.class) != null) {
            return "the certificate of the server is for another host (" + rootMessage(failure) + ")";
        }
        if (isAlert(failure)) {
            return "the server refused the certificate of this client, or has none for it (" + rootMessage(failure)
                    + ")";
        }
        return rootMessage(failure);
    }

    /** The server sends one when it refuses; the engines spell it differently. */
    private static boolean isAlert(Throwable failure) {
        String message = rootMessage(failure).toLowerCase(Locale.ROOT).replace('_', ' ');
        return message.contains("alert") && (message.contains("certificate") || message.contains("handshake failure")
                || message.contains("unknown ca"));
    }

    static boolean isTimeout(Throwable failure) {
        return find(failure, SslHandshakeTimeoutException.class) != null;
    }

    static boolean isTls(Throwable failure) {
        return find(failure, SSLException.class) != null;
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

}
