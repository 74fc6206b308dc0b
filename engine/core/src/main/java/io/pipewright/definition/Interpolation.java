package io.pipewright.definition;

import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.yaml.ScalarNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts values in the place of {@code ${env:NAME}}, {@code ${env:NAME:-default}}, {@code ${var:name}} and the like. */
final class Interpolation {

    private static final List<String> KINDS = List.of("env", "var", "file", "secret");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}|\\$\\{");

    /** Characters that all references of a pipeline together may put in. */
    private static final long MAX_SIZE = 8L << 20;

    /** What a reference costs beside its characters. */
    private static final int COST = 20;

    /** Findings about one scalar, after which the rest of it is left alone. */
    private static final int MAX_FINDINGS = 20;

    private final Surroundings surroundings;
    private long left = MAX_SIZE;
    private final DiagnosticCollector problems;
    private final Map<String, String> vars = new LinkedHashMap<>();
    private final Set<String> spoilt = new HashSet<>();
    private boolean open;

    Interpolation(Surroundings surroundings, DiagnosticCollector problems) {
        this.surroundings = surroundings;
        this.problems = problems;
    }

    void define(String var, String text) {
        vars.put(var, text);
    }

    /** Notes a variable that has no value, which was reported: its references stay open. */
    void spoil(String var) {
        spoilt.add(var);
    }

    /** Notes that there may be other variables: what is not known stays open. */
    void spoilAll() {
        open = true;
    }

    static boolean hasReference(ScalarNode scalar) {
        return scalar.text().contains("${");
    }

    /**
     * The scalar's text with every reference replaced; empty if one has no value. That is reported, unless it is an
     * environment variable and the surroundings say that the environment is not at hand.
     */
    Optional<String> resolve(ScalarNode scalar) {
        if (!hasReference(scalar)) {
            return Optional.of(scalar.text());
        }
        Matcher matcher = REFERENCE.matcher(scalar.text());
        StringBuilder text = new StringBuilder();
        boolean complete = true;
        int end = 0;
        int before = problems.size();
        while (left >= 0 && problems.size() - before < MAX_FINDINGS && matcher.find()) {
            text.append(scalar.text(), end, matcher.start());
            end = matcher.end();
            if (matcher.group().startsWith("$$")) {
                text.append("${");
                continue;
            }
            Optional<String> value = value(scalar, matcher).filter(found -> fits(scalar, matcher, found.length()));
            value.ifPresent(text::append);
            complete &= value.isPresent();
        }
        return complete ? Optional.of(text.append(scalar.text().substring(end)).toString()) : Optional.empty();
    }

    /** The scalar's text with the references replaced whose value is known; the others stay as they are written. */
    String replaceKnown(ScalarNode scalar) {
        return REFERENCE.matcher(scalar.text()).replaceAll(match -> {
            Optional<String> value = match.group(1) == null
                    ? Optional.empty()
                    : value(scalar, match).filter(found -> fits(scalar, match, found.length()));
            return Matcher.quoteReplacement(
                    value.map(known -> known.replace("${", "$${")).orElse(match.group()));
        });
    }

    /** Takes what a reference puts in from what all of them may; the first that is too much is told. */
    private boolean fits(ScalarNode scalar, MatchResult matcher, int length) {
        if (left < 0) {
            return false;
        }
        left -= length + COST;
        if (left >= 0) {
            return true;
        }
        report(
                scalar,
                matcher,
                "references-too-large",
                "With what the references put in, the pipeline is larger than 8 MiB.",
                "refer to smaller values, and not from one variable to the next.");
        return false;
    }

    private Optional<String> value(ScalarNode scalar, MatchResult matcher) {
        String inside = matcher.group(1);
        if (inside == null) {
            return report(
                    scalar,
                    matcher,
                    "bad-reference",
                    "The reference that begins here is not closed.",
                    "add its `}`, or write `$${` for the text `${`.");
        }
        int colon = inside.indexOf(':');
        String kind = colon < 0 ? inside : inside.substring(0, colon);
        String name = colon < 0 ? "" : inside.substring(colon + 1);
        return switch (kind) {
            case "env" -> environment(scalar, matcher, name);
            case "var" -> variable(scalar, matcher, name);
            case "file" -> file(scalar, matcher, name);
            case "secret" -> report(
                    scalar,
                    matcher,
                    "misplaced-secret",
                    "A secret cannot stand here: this value is shown in plans and logs.",
                    "write the value itself or `${env:NAME}`; an option for secrets takes `${secret:name}` as its whole value.");
            default -> report(
                    scalar,
                    matcher,
                    "bad-reference",
                    "`" + matcher.group() + "` is no reference.",
                    Suggest.hint(kind, "References begin with", KINDS) + " Write `$${` for the text `${`.");
        };
    }

    private Optional<String> environment(ScalarNode scalar, MatchResult matcher, String reference) {
        int dash = reference.indexOf(":-");
        String name = dash < 0 ? reference : reference.substring(0, dash);
        String value = surroundings.environment().get(name);
        if (value != null && !value.isEmpty()) {
            return Optional.of(value);
        }
        if (dash >= 0) {
            return Optional.of(reference.substring(dash + 2));
        }
        if (!surroundings.strictEnvironment()) {
            return Optional.empty();
        }
        return report(
                scalar,
                matcher,
                "missing-environment",
                "The environment variable `" + name + "` is not set.",
                "set it where this command runs, or give a default: `${env:" + name + ":-value}`.");
    }

    private Optional<String> variable(ScalarNode scalar, MatchResult matcher, String name) {
        String value = vars.get(name);
        if (value != null || open || spoilt.contains(name)) {
            return Optional.ofNullable(value);
        }
        return report(
                scalar,
                matcher,
                "unknown-variable",
                "There is no variable `" + name + "`.",
                vars.isEmpty() ? "declare it in `vars`." : Suggest.hint(name, "Variables", vars.keySet()));
    }

    private Optional<String> file(ScalarNode scalar, MatchResult matcher, String name) {
        Surroundings.FileText file = surroundings.read(name);
        if (file.problem() == null) {
            return Optional.of(file.text().stripTrailing());
        }
        return report(scalar, matcher, "unreadable-file", file.problem(), file.hint());
    }

    private Optional<String> report(
            ScalarNode scalar, MatchResult matcher, String code, String message, @Nullable String hint) {
        problems.error(code, scalar.spanOf(matcher.start(), matcher.end()), message, hint);
        return Optional.empty();
    }
}
