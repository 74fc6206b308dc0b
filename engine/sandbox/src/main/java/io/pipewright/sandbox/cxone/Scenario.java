package io.pipewright.sandbox.cxone;

import java.util.Random;

/**
 * What one customer does in a row: the pattern that raises an alert, and what nearly is one.
 *
 * <p>Letters: {@code F}ailure, {@code C}allback request, {@code S}uccess, {@code U}pdate of the profile. {@code =} before
 * a letter: at the same time as the one before it; {@code !} : exactly 30 s after the first; {@code -}: 1 ms less than
 * that; {@code +}: 5 to 15 s more.
 */
enum Scenario {
    ALERT("FFFC", 200, 5_000),
    QUICK_ALERT("FFFC", 1, 400),
    AT_THE_LAST_MOMENT("FFF-C", 200, 5_000),
    A_MOMENT_LATE("FFF!C", 200, 5_000),
    FAR_TOO_SLOW("FFF+C", 200, 5_000),
    INTERRUPTED("FFSFC", 200, 4_000),
    ONE_FAILURE_MORE("FFFFC", 200, 4_000),
    TWICE("FFFCFFFC", 200, 3_000),
    ONE_FAILURE_LESS("FFC", 200, 5_000),
    CALLED_TWICE("FFFCC", 200, 4_000),
    UPDATED("FFUFCU", 100, 3_000),
    UPDATED_AT_ONCE("FFF=UC=U", 100, 3_000),
    TIED("FF=FF=C", 200, 3_000);

    private static final Scenario[] ALL = values();

    private final String steps;
    private final int shortestGap;
    private final int longestGap;

    Scenario(String steps, int shortestGap, int longestGap) {
        this.steps = steps;
        this.shortestGap = shortestGap;
        this.longestGap = longestGap;
    }

    /** Any scenario; every third one is the plain alert. */
    static Scenario any(Random random) {
        return random.nextInt(3) == 0 ? ALERT : ALL[random.nextInt(ALL.length)];
    }

    String steps() {
        return steps;
    }

    int gap(Random random) {
        return shortestGap + random.nextInt(longestGap - shortestGap);
    }
}
