package io.memlink.spring.boot.autoconfigure;

import java.security.cert.CertificateException;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.placement.Backend;
import io.memlink.spring.boot.autoconfigure.StartupCheck.BackendUnusableException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analysis of a backend that is not usable, with the action to take for each cause.
 */
final class BackendUnusableFailureAnalyzer extends AbstractFailureAnalyzer<BackendUnusableException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BackendUnusableException cause) {
        String action = (cause.failure() instanceof MemlinkConnectionException failure) ? action(failure, cause)
                : "Check the log of the server.";
        String description = "The backend " + cause.backend().hostAndPort() + " of " + cause.prefix()
                + ".backends is not usable:\n\n    " + cause.failure().getMessage();
        return new FailureAnalysis(description, action + "\n\nWithout " + cause.prefix()
                + ".fail-fast=true the application starts anyway, and connects as soon as possible.", cause);
    }

    private static String action(MemlinkConnectionException failure, BackendUnusableException cause) {
        String host = cause.backend().host();
        String prefix = cause.prefix();
        return switch (failure.reason()) {
            case UNKNOWN_HOST -> cause.backend().equals(Backend.UNDISCOVERED)
                    ? "Correct " + prefix + ".discovery.names, or make sure that this machine can resolve them."
                    : "Correct the name " + host + " in " + prefix + ".backends, or make sure that this "
                            + "machine can resolve it: nslookup " + host;
            case REFUSED -> "Start memcached there (memcached -p " + cause.backend().port() + "), or correct " + prefix
                    + ".backends.";
            case AUTHENTICATION -> "Set " + prefix + ".username and " + prefix
                    + ".password to a line of the file the server was started with (memcached -Y).";
            case OLD_SERVER ->
                "Upgrade that server to memcached 1.6.10 or newer, or name another one in " + prefix + ".backends.";
            case WRONG_PROTOCOL -> "Correct the port in " + prefix
                    + ".backends: memcached listens on 11211 unless told otherwise, and Redis on 6379.";
            case TLS -> tls(failure, cause);
            default -> cause.isEncrypted() ? plaintext(cause) : silent(failure.reason(), cause);
        };
    }

    private static String tls(MemlinkConnectionException failure, BackendUnusableException cause) {
        CertificateException certificate = certificateFailure(failure);
        if (certificate != null && String.valueOf(certificate.getMessage()).startsWith("No ")) {
            return "The certificate of the server is not valid for " + cause.backend().host() + ". Use a name in "
                    + cause.prefix() + ".backends that it is valid for, or have it reissued for this one. "
                    + cause.prefix()
                    + ".ssl.verify-hostname=false would accept any trusted certificate for any server.";
        }
        if (certificate != null || String.valueOf(failure.getMessage()).contains("certif")) {
            return "Add the certificate of the server, or of its issuer, to the SSL bundle of " + cause.prefix()
                    + ".ssl.bundle or to " + cause.prefix() + ".ssl.trust-store.";
        }
        return plaintext(cause);
    }

    private static String plaintext(BackendUnusableException cause) {
        return "The port does not seem to speak TLS. Use one that does in " + cause.prefix()
                + ".backends (memcached -Z), or remove the settings " + cause.prefix() + ".ssl.";
    }

    private static String silent(Reason reason, BackendUnusableException cause) {
        if (reason == Reason.LOST) {
            return "The server closed the connection without a reply, as a port that speaks TLS would. If it does, "
                    + "set " + cause.prefix() + ".ssl.bundle, or " + cause.prefix() + ".ssl.enabled=true.";
        }
        return "Check for a firewall between this machine and the server, and whether the server answers other clients.";
    }

    private static @Nullable CertificateException certificateFailure(@Nullable Throwable failure) {
        CertificateException found = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException certificate) {
                found = certificate;
            }
        }
        return found;
    }

}
