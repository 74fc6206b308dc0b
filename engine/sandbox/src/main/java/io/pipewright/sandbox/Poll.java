package io.pipewright.sandbox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Asks until something holds, ten times a second and not for ever. */
public final class Poll {

    private Poll() {}

    /**
     * Waits for a condition; servers that do not answer at the moment count as no.
     *
     * @param patience after which it is given up; generous, for a machine may be busy with other things
     * @throws SandboxException when the time is over, with {@code what}
     */
    public static void until(String what, Duration patience, BooleanSupplier condition) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + patience.toNanos();
        while (!holds(condition)) {
            if (never.await(100, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                throw new SandboxException("After " + patience.toSeconds() + " s still not so: " + what);
            }
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (SandboxException e) {
            return false;
        }
    }
}
