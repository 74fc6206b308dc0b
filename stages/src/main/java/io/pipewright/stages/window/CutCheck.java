package io.pipewright.stages.window;

import io.pipewright.spi.stage.PlanContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a pipeline's author can get wrong about the spans of {@code window}, beyond the range of each duration. */
final class CutCheck {

    /** How many windows a record may be in; each has a timer of its own for each key. */
    private static final long MOST_WINDOWS = 10_000;

    private static final long DAY = Duration.ofDays(1).toMillis();

    private final WindowOptions options;
    private final PlanContext in;
    private boolean fine = true;

    CutCheck(WindowOptions options, PlanContext in) {
        this.options = options;
        this.in = in;
    }

    /** The checked cut; empty after an error. */
    Optional<Cut> check() {
        WindowOptions.Window window = options.window();
        Cut cut;
        if (window instanceof WindowOptions.Session session) {
            cut = session(session);
        } else if (window instanceof WindowOptions.Sliding sliding) {
            cut = sliding(sliding);
        } else if (window instanceof WindowOptions.Cumulative cumulative) {
            cut = cumulative(cumulative);
        } else if (window instanceof WindowOptions.Tumbling tumbling) {
            cut = fixed("size", tumbling.size(), tumbling.size(), tumbling.offset(), tumbling.zone(), false);
        } else {
            cut = global();
        }
        return fine ? Optional.of(cut) : Optional.empty();
    }

    private Cut session(WindowOptions.Session session) {
        Duration longest = session.maxLength();
        if (longest != null && longest.compareTo(session.gap()) < 0) {
            error(
                    "out-of-range",
                    "maxLength",
                    "`maxLength` is shorter than `gap`, so no session would last until its pause.",
                    "make it as long as `gap` or longer.");
        }
        return new Cut.Sessions(session.gap().toMillis(), longest == null ? Long.MAX_VALUE : longest.toMillis());
    }

    private Cut sliding(WindowOptions.Sliding sliding) {
        long size = sliding.size().toMillis();
        long slide = sliding.slide().toMillis();
        if (slide > size) {
            error(
                    "out-of-range",
                    "slide",
                    "`slide` is longer than `size`, so what comes between two windows would be in none.",
                    "make it as long as `size` or shorter.");
        } else if (size / slide > MOST_WINDOWS) {
            error(
                    "out-of-range",
                    "slide",
                    "Each record would be in " + size / slide + " windows; there may be " + MOST_WINDOWS + ".",
                    "make `slide` longer.");
        }
        return fixed("slide", sliding.size(), sliding.slide(), sliding.offset(), sliding.zone(), false);
    }

    private Cut cumulative(WindowOptions.Cumulative cumulative) {
        long size = cumulative.size().toMillis();
        long step = cumulative.step().toMillis();
        if (size % step != 0) {
            error(
                    "out-of-range",
                    "step",
                    "`size` is no multiple of `step`, so the last step would be a shorter one.",
                    "choose a `step` that divides `size`.");
        } else if (size / step > MOST_WINDOWS) {
            error(
                    "out-of-range",
                    "step",
                    "A record would be in up to " + size / step + " windows; there may be " + MOST_WINDOWS + ".",
                    "make `step` longer.");
        }
        return fixed("step", cumulative.size(), cumulative.step(), cumulative.offset(), cumulative.zone(), true);
    }

    private Cut global() {
        if (!options.allowedLateness().isZero()) {
            in.error(
                    "useless-option",
                    "allowedLateness",
                    "A `global` window has no end, so no record comes after it.",
                    "remove `allowedLateness`.");
            fine = false;
        }
        in.endlessSource().ifPresent(this::warnOfNoEnd);
        return new Cut.Slices(new Axis.Whole(), 1, 1, false);
    }

    private void warnOfNoEnd(String source) {
        if (options.emitEvery() == null) {
            in.warning(
                    "no-end",
                    "window.type",
                    "A `global` window sends its rows when its input ends, and `" + source + "` never does.",
                    "choose windows that end, such as `tumbling`, add `emitEvery`, or let `" + source + "` end.");
        } else if (!options.keyBy().isEmpty()) {
            in.warning(
                    "unbounded-state",
                    "window.type",
                    "A `global` window keeps every key until its input ends, and `" + source
                            + "` never does, so its state grows with their number.",
                    "choose windows that end, such as `tumbling`.");
        }
    }

    /** @param hopOption the option that says how long after each other windows start or end */
    private Cut fixed(
            String hopOption, Duration size, Duration hop, Duration offset, @Nullable String zone, boolean cumulative) {
        Duration often = options.emitEvery();
        if (often != null && often.compareTo(size) >= 0) {
            in.error(
                    "useless-option",
                    "emitEvery",
                    "No window is longer than `size`, so none would send its row before it ends.",
                    "make `emitEvery` shorter than `size`, or remove it.");
            fine = false;
        }
        if (offset.compareTo(hop) >= 0) {
            error(
                    "out-of-range",
                    "offset",
                    "`offset` moves windows on from multiples of `" + hopOption + "`, so it is shorter than that.",
                    "make it shorter than `" + hopOption + "`.");
        }
        long units = zone == null ? size.toMillis() : days("size", size);
        long unitsOfHop = hopOption.equals("size") ? units : zone == null ? hop.toMillis() : days(hopOption, hop);
        return new Cut.Slices(axis(zone, offset), units, unitsOfHop, cumulative);
    }

    private long days(String option, Duration duration) {
        long millis = duration.toMillis();
        if (millis % DAY != 0) {
            error(
                    "out-of-range",
                    option,
                    "With `zone` windows are made of days, and this is no whole number of them.",
                    "write whole days, such as `1d`, or remove `zone`.");
        }
        return Math.max(1, millis / DAY);
    }

    private Axis axis(@Nullable String zone, Duration offset) {
        if (zone == null) {
            return new Axis.Millis(offset.toMillis());
        }
        try {
            return new Axis.Days(ZoneId.of(zone), offset.toMillis());
        } catch (DateTimeException unknown) {
            List<String> known = ZoneId.getAvailableZoneIds().stream().sorted().toList();
            error(
                    "bad-value",
                    "zone",
                    "`" + zone + "` is not a time zone.",
                    in.nearest(zone, known)
                            .map(near -> "did you mean `" + near + "`?")
                            .orElse("write it by place, such as `Europe/Berlin`."));
            return new Axis.Millis(0);
        }
    }

    private void error(String code, String option, String message, String hint) {
        in.error(code, "window." + option, message, hint);
        fine = false;
    }
}
