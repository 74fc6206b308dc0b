package io.pipewright.stages.tls;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/**
 * Why there can be no TLS connection with a server however often it is tried, in two sentences for users; the exceptions' own
 * texts are written for programmers.
 *
 * @param problem what is wrong, as one sentence
 * @param action what to do about it, as one sentence
 */
public record TlsFailure(String problem, String action) {

    /**
     * What an exception means; empty if it says nothing about TLS, or if another attempt may end otherwise.
     *
     * @param server whom it was tried with, for the middle of a sentence
     */
    public static Optional<TlsFailure> of(Throwable error, String server) {
        if (any(error, CertificateExpiredException.class::isInstance)) {
            return failure("The certificate of " + server + " has expired.", "Have the servers' operator renew it.");
        }
        if (any(error, TlsFailure::namesAnotherHost)) {
            return failure(
                    "The certificate of " + server + " was issued for another host.",
                    "Write the addresses as the servers' certificates name them.");
        }
        if (any(error, CertificateException.class::isInstance)) {
            return failure(
                    "The certificate of " + server + " is not trusted.",
                    "Add the certificate of the authority that signed it to `truststore`.");
        }
        if (any(error, TlsFailure::isNoTls)) {
            return failure(
                    "TLS is not what " + server + " speaks.", "Write the port that speaks TLS, or connect without it.");
        }
        if (any(error, e -> e instanceof SSLException && mentions(e, "Received fatal alert"))) {
            return failure(
                    "TLS is refused by " + server + ".",
                    "Ask the servers' operator which versions of TLS and which certificates of clients are wanted.");
        }
        return Optional.empty();
    }

    private static boolean namesAnotherHost(Throwable error) {
        return error instanceof CertificateException
                && (mentions(error, "No subject alternative") || mentions(error, "No name matching"));
    }

    /** As the JDK says it, and as Netty does. */
    private static boolean isNoTls(Throwable error) {
        return error instanceof SSLException
                && (mentions(error, "unrecognized SSL message") || mentions(error, "not an SSL/TLS record"));
    }

    private static boolean mentions(Throwable error, String words) {
        return error.getMessage() != null && error.getMessage().contains(words);
    }

    /** Drivers hide what happened among the causes and among what is suppressed. */
    private static boolean any(Throwable error, Predicate<Throwable> wanted) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>();
        open.add(error);
        while (!open.isEmpty()) {
            Throwable next = open.remove();
            if (wanted.test(next)) {
                return true;
            }
            if (seen.add(next)) {
                Optional.ofNullable(next.getCause()).ifPresent(open::add);
                open.addAll(Arrays.asList(next.getSuppressed()));
            }
        }
        return false;
    }

    private static Optional<TlsFailure> failure(String problem, String action) {
        return Optional.of(new TlsFailure(problem, action));
    }
}
