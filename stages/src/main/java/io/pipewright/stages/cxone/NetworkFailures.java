package io.pipewright.stages.cxone;

import io.pipewright.stages.cxone.HttpFailure.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Says what a broken connection means.
 *
 * <p>The exceptions' own texts are not passed on: they are written for programmers, and some quote what the server sent.
 */
final class NetworkFailures {

    private NetworkFailures() {}

    static Attempt.Broken explain(IOException e, HttpUrl url) {
        String server = url.host() + ":" + url.port();
        if (e instanceof UnknownHostException) {
            return lasting(
                    Reason.UNREACHABLE,
                    "The host `" + url.host() + "` is not known.",
                    "Check the URL for a typing error, and that this machine resolves names.");
        }
        if (e instanceof InterruptedIOException timeout) {
            return timeout(timeout, server);
        }
        if (e instanceof SSLException) {
            return tls(e, server);
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return passing(
                    Reason.UNREACHABLE,
                    "`" + server + "` does not accept connections.",
                    "Check host and port, that the server runs, and that no firewall stands between.");
        }
        if (e instanceof ProtocolException) {
            return protocol(e, server);
        }
        if (e instanceof EOFException || mentions(e, "unexpected end of stream") || mentions(e, "reset")) {
            return passing(
                    Reason.UNREACHABLE,
                    "`" + server + "` closed the connection before its answer was complete.",
                    "Try again; when it stays so, ask the operator of the server or of a proxy on the way.");
        }
        return passing(
                Reason.UNREACHABLE,
                "The connection to `" + server + "` broke (" + e.getClass().getSimpleName() + ").",
                "Check the network between here and there, and try again.");
    }

    static HttpFailure interrupted(HttpUrl url) {
        Thread.currentThread().interrupt();
        return HttpFailure.unanswered(
                Reason.INTERRUPTED,
                "The call to `" + url.host() + "` was interrupted.",
                "Start it again if that was not intended.");
    }

    private static Attempt.Broken timeout(InterruptedIOException e, String server) {
        if (e instanceof SocketTimeoutException && mentions(e, "connect")) {
            return passing(
                    Reason.TIMED_OUT,
                    "`" + server + "` could not be connected to within the connect time limit.",
                    "Check host and port, and that no firewall drops the connection.");
        }
        if (e instanceof SocketTimeoutException || mentions(e, "timeout")) {
            return passing(
                    Reason.TIMED_OUT,
                    "`" + server + "` did not answer within the time limit.",
                    "Try again, or give it a longer time limit.");
        }
        Thread.currentThread().interrupt();
        return lasting(
                Reason.INTERRUPTED,
                "The call to `" + server + "` was interrupted.",
                "Start it again if that was not intended.");
    }

    private static Attempt.Broken tls(IOException e, String server) {
        if (e instanceof SSLPeerUnverifiedException) {
            return lasting(
                    Reason.TLS,
                    "The certificate of `" + server + "` was issued for another host name.",
                    "Write the host as the certificate names it.");
        }
        if (hasCause(e, CertificateException.class)) {
            return lasting(
                    Reason.TLS,
                    "The certificate of `" + server + "` is not trusted by this Java, or has expired.",
                    "Add its authority to the trust store (`-Djavax.net.ssl.trustStore=FILE`), or check the URL.");
        }
        return lasting(
                Reason.TLS,
                "No TLS connection came about with `" + server + "`.",
                "Check that the port speaks HTTPS, TLS 1.2 or later; a plain server is written `http://`.");
    }

    private static Attempt.Broken protocol(IOException e, String server) {
        if (mentions(e, "follow-up")) {
            return lasting(
                    Reason.REDIRECTED,
                    "`" + server + "` redirects in a circle.",
                    "Write the final URL, as the API's documentation gives it.");
        }
        if (mentions(e, "unexpected end of stream") || mentions(e, "content-length")) {
            return passing(
                    Reason.UNREACHABLE,
                    "`" + server + "` closed the connection before its answer was complete.",
                    "Try again; when it stays so, ask the operator of the server or of a proxy on the way.");
        }
        return lasting(
                Reason.UNREADABLE,
                "`" + server + "` does not answer in HTTP.",
                "Check host and port, and whether the URL should begin with `https://`.");
    }

    private static boolean mentions(IOException e, String words) {
        String message = e.getMessage();
        return message != null && message.toLowerCase(Locale.ROOT).contains(words);
    }

    private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
        @Nullable Throwable cause = e;
        // A bound instead of a set of the seen ones: chains are short, and may be circular.
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static Attempt.Broken lasting(Reason reason, String what, String action) {
        return new Attempt.Broken(HttpFailure.unanswered(reason, what, action), false);
    }

    private static Attempt.Broken passing(Reason reason, String what, String action) {
        return new Attempt.Broken(HttpFailure.unanswered(reason, what, action), true);
    }
}
