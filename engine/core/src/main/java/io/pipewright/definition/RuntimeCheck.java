package io.pipewright.definition;

import io.pipewright.definition.RuntimeOptions.Checkpoint;
import io.pipewright.definition.RuntimeOptions.Restart;
import io.pipewright.definition.RuntimeOptions.State;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Span;
import io.pipewright.spi.option.OptionPath;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the options of the {@code runtime} block fit each other and the entries: what Flink refuses only when the
 * job starts, and what would have no effect.
 *
 * <p>Numbers and durations that stand in for others differ between the readings, and what is told of them holds the number;
 * a choice that stands in for another may be the same, so of an unknown one nothing is told.
 */
final class RuntimeCheck {

    private static final String RESTART = "restart";

    /** A folder or the URL of one; the group is its path. */
    private static final Pattern FOLDER = Pattern.compile("(?:[a-z][a-z0-9+.-]*:(?://[^/]*)?)?(/.*|)");

    private final MappingNode block;
    private final Place place;
    private final Interpolation interpolation;
    private final DiagnosticCollector problems;

    RuntimeCheck(MappingNode block, Span key, Interpolation interpolation, DiagnosticCollector problems) {
        this.block = block;
        this.place = new NodePlace(key, block);
        this.interpolation = interpolation;
        this.problems = problems;
    }

    void check(RuntimeOptions runtime, Collection<EntryDefinition> entries) {
        int most = runtime.maxParallelism();
        if (runtime.parallelism() > most) {
            tooParallel(place.at("parallelism"), most);
        }
        for (EntryDefinition entry : entries) {
            if (entry.parallelism().orElse(1) > most) {
                tooParallel(entry.place().at("parallelism"), most);
            }
        }
        if (runtime.restart() != null) {
            check(runtime.restart());
        }
        if (runtime.checkpoint() != null) {
            check(runtime.checkpoint());
        }
        State state = runtime.state();
        if (state != null
                && state.incremental()
                && state.backend() == State.Backend.HEAP
                && isKnown("state", "backend")) {
            useless("state.incremental", "backend: heap", "backend: rocksdb");
        }
    }

    private void tooParallel(Span span, int most) {
        problems.error(
                "out-of-range",
                span,
                "`parallelism` is more than `maxParallelism`, which is `" + most + "`.",
                "write at most `" + most
                        + "`, or a larger `runtime.maxParallelism`; a change of that loses the state.");
    }

    private void check(Checkpoint checkpoint) {
        if (checkpoint.unaligned() && checkpoint.mode() == Checkpoint.Mode.AT_LEAST_ONCE) {
            useless("checkpoint.unaligned", "mode: atLeastOnce", "mode: exactlyOnce");
        }
        if (checkpoint.dir() != null && isKnown("checkpoint", "dir")) {
            checkFolder(checkpoint.dir());
        }
    }

    private void checkFolder(String dir) {
        Matcher folder = FOLDER.matcher(dir);
        if (!folder.matches()) {
            badFolder(dir, "it neither begins at the root nor is it a URL");
        } else if (folder.group(1).replace("/", "").isEmpty()) {
            badFolder(dir, "it names no folder below the root");
        }
    }

    private void badFolder(String dir, String why) {
        problems.error(
                "bad-value",
                place.at("checkpoint.dir"),
                "`dir` cannot be `" + dir + "`: " + why + ".",
                "write a path such as `/var/lib/checkpoints`, or a URL such as `s3://bucket/checkpoints`.");
    }

    private void check(Restart restart) {
        boolean exponential = restart.strategy() == Restart.Strategy.EXPONENTIAL;
        if (exponential && restart.delay().compareTo(restart.maxDelay()) > 0) {
            problems.error(
                    "out-of-range",
                    place.at(isWritten("delay") ? "restart.delay" : "restart.maxDelay"),
                    "`maxDelay`, which is `" + Literals.text(restart.maxDelay()) + "`, is shorter than `delay`.",
                    "write a longer `maxDelay`, or a shorter `delay`.");
        }
        if (isKnown(RESTART, "strategy")) {
            checkEffects(restart.strategy());
        }
    }

    private void checkEffects(Restart.Strategy strategy) {
        String with = "strategy: " + strategy.name().toLowerCase(Locale.ROOT);
        if (isWritten("attempts") && strategy != Restart.Strategy.FIXED) {
            useless("restart.attempts", with, "strategy: fixed");
        }
        if (isWritten("delay") && strategy == Restart.Strategy.NONE) {
            useless("restart.delay", with, "strategy: fixed");
        }
        if (isWritten("maxDelay") && strategy != Restart.Strategy.EXPONENTIAL) {
            useless("restart.maxDelay", with, "strategy: exponential");
        }
    }

    private void useless(String path, String with, String instead) {
        String name = path.substring(path.indexOf('.') + 1);
        problems.error(
                "useless-option",
                place.at(OptionPath.key(path)),
                "`" + name + "` has no effect with `" + with + "`.",
                "leave it out, or write `" + instead + "`.");
    }

    private boolean isWritten(String option) {
        return written(RESTART, option) instanceof ScalarNode scalar && !scalar.isNull();
    }

    /** Whether a choice is what the author wrote or what holds without it, and not what stands in for another. */
    private boolean isKnown(String map, String option) {
        Node node = written(map, option);
        return node == null
                || node instanceof ScalarNode scalar
                        && interpolation.resolve(scalar).isPresent();
    }

    private @Nullable Node written(String map, String option) {
        return block.get(map).orElse(null) instanceof MappingNode options
                ? options.get(option).orElse(null)
                : null;
    }
}
