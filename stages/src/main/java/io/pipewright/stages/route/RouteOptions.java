package io.pipewright.stages.route;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.RecordRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of {@code route}. */
public record RouteOptions(
        @Option(doc = "The rules, in the order in which they are tried. Each has a port of its own, named by its `id`.")
                List<Rule> routes,
        @Option(
                        doc = "Whether a record goes to the `first` rule that takes it, or to `all` of them.",
                        defaultValue = "first")
                Mode mode) {

    public RouteOptions {
        routes = List.copyOf(routes);
    }

    /** One rule. */
    public record Rule(
            @Option(doc = "The name of the rule and of its port: other entries read `<stage>.<id>`.") String id,
            @Option(
                            doc = "Which records the rule takes, as an expression over the fields of the input. A rule"
                                    + " without it takes what no other rule took; there may be one.")
                    @Nullable
                    Expression where,
            @Option(
                            doc =
                                    "The record that the port carries: some fields of the input, of which some may no longer"
                                            + " be null. A record that lacks one of those goes to `.errors`. Without it the port"
                                            + " carries the input as it is.")
                    @Nullable
                    RecordRef record) {}

    /** How many rules may take a record. */
    public enum Mode {
        FIRST,
        ALL
    }
}
