package io.pipewright.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pipewright.expression.TextProto.Message;
import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs the conformance cases of the Common Expression Language's own specification.
 *
 * <p>A case is outside the language when it needs what the language leaves out on purpose - values without a static
 * type, unsigned numbers, {@code null}, types as values, optionals, protocol buffers - and is counted as such; every
 * other one must come out as the specification says.
 */
class CelConformanceTest {

    private static final int FEWEST_PASSED = 840;

    private final Map<String, Integer> outside = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int passed;

    @Test
    void theCasesOfTheSpecificationComeOutAsItSays() throws IOException {
        Path folder = Path.of(System.getProperty("pipewright.root", "."), "../shared/data/cel-conformance");
        assumeTrue(Files.isDirectory(folder), "The conformance cases are not here; skipped.");
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".textproto"))
                    .sorted()
                    .toList();
        }
        int total = 0;
        for (Path file : files) {
            for (Message section : TextProto.parse(Files.readString(file)).messages("section")) {
                for (Message test : section.messages("test")) {
                    total++;
                    run(file.getFileName() + "/" + section.text("name") + "/" + test.text("name"), test);
                }
            }
        }
        int skipped = outside.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf(
                "CEL conformance: %d cases, %d passed, %d wrong, %d outside the language %s%n",
                total, passed, wrong.size(), skipped, outside);
        assertThat(wrong).isEmpty();
        assertThat(passed).isGreaterThanOrEqualTo(FEWEST_PASSED);
    }

    private void run(String name, Message test) {
        Map<String, DataType> types = new LinkedHashMap<>();
        Map<String, Object> values = new LinkedHashMap<>();
        if (test.has("disable_check") || test.has("container") || test.has("check_only")) {
            count("unchecked or in a container");
            return;
        }
        if (!environment(test, types, values)) {
            count("variables of other types");
            return;
        }
        RecordType record = new RecordType(
                "Bindings",
                types.entrySet().stream()
                        .map(entry -> Field.of(entry.getKey(), entry.getValue()))
                        .toList());
        String expression = test.text("expr");
        Result<CheckedExpression> checked = new ExpressionChecker(Map.of()).check(expression, Scope.of(record));
        boolean error = test.has("eval_error") || test.has("any_eval_errors");
        if (!checked.ok()) {
            refused(checked.problems().get(0), error);
            return;
        }
        Object[] row = types.keySet().stream().map(values::get).toArray();
        Object found;
        try {
            found = checked.get().evaluator(Scope.of(record)).evaluate(new DataRecord(row, null));
        } catch (EvaluationException e) {
            found = e;
        }
        compare(name + ": " + expression, test, error, found);
    }

    private void count(String reason) {
        outside.merge(reason, 1, Integer::sum);
    }

    private void refused(ExpressionProblem problem, boolean error) {
        if (error && problem.code().equals("bad-literal")) {
            passed++;
        } else {
            count(problem.code());
        }
    }

    private void compare(String name, Message test, boolean error, Object found) {
        if (error) {
            tally(found instanceof EvaluationException, name + " is an error, not " + shown(found));
            return;
        }
        Optional<Object> expected = test.has("value") ? value(test.message("value")) : Optional.of(true);
        if (expected.isEmpty()) {
            count("values of other types");
            return;
        }
        tally(same(expected.get(), found), name + " is " + shown(expected.get()) + ", not " + shown(found));
    }

    private void tally(boolean right, String otherwise) {
        if (right) {
            passed++;
        } else {
            wrong.add(otherwise);
        }
    }

    private static String shown(Object value) {
        return value instanceof byte[] bytes
                ? java.util.Arrays.toString(bytes)
                : value + " (" + value.getClass().getSimpleName() + ")";
    }

    private static boolean same(Object a, Object b) {
        if (a instanceof byte[] x) {
            return b instanceof byte[] y && java.util.Arrays.equals(x, y);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            return x.size() == y.size()
                    && java.util.stream.IntStream.range(0, x.size()).allMatch(i -> same(x.get(i), y.get(i)));
        }
        if (a instanceof Double x && b instanceof Double y && x == 0) {
            return y == 0;
        }
        return Objects.equals(a, b);
    }

    private static boolean environment(Message test, Map<String, DataType> types, Map<String, Object> values) {
        for (Message declared : test.messages("type_env")) {
            Optional<DataType> type =
                    declared.has("ident") ? type(declared.message("ident").message("type")) : Optional.empty();
            if (type.isEmpty()) {
                return false;
            }
            types.put(declared.text("name"), type.get());
        }
        for (Message binding : test.messages("bindings")) {
            Optional<Object> value = Optional.of(binding.message("value"))
                    .filter(message -> message.has("value"))
                    .flatMap(message -> value(message.message("value")));
            if (value.isEmpty()) {
                return false;
            }
            values.put(binding.text("key"), value.get());
        }
        return types.keySet().stream().allMatch(values::containsKey)
                && types.keySet().stream().allMatch(name -> name.matches("\\w+"));
    }

    private static Optional<DataType> type(Message type) {
        if (type.has("primitive")) {
            return switch (type.text("primitive")) {
                case "BOOL" -> Optional.of(Scalar.BOOLEAN);
                case "INT64" -> Optional.of(Scalar.LONG);
                case "DOUBLE" -> Optional.of(Scalar.DOUBLE);
                case "STRING" -> Optional.of(Scalar.STRING);
                case "BYTES" -> Optional.of(Scalar.BYTES);
                default -> Optional.empty();
            };
        }
        if (type.has("well_known")) {
            return switch (type.text("well_known")) {
                case "TIMESTAMP" -> Optional.of(Scalar.TIMESTAMP);
                case "DURATION" -> Optional.of(Scalar.DURATION);
                default -> Optional.empty();
            };
        }
        if (type.has("list_type")) {
            return type(type.message("list_type").message("elem_type")).map(ListType::new);
        }
        boolean map = type.has("map_type")
                && type(type.message("map_type").message("key_type")).equals(Optional.of(Scalar.STRING));
        return map ? type(type.message("map_type").message("value_type")).map(MapType::new) : Optional.empty();
    }

    private static Optional<Object> value(Message value) {
        Map.Entry<String, List<Object>> only =
                value.fields().entrySet().iterator().next();
        Object content = only.getValue().get(0);
        return switch (only.getKey()) {
            case "int64_value" -> Optional.of(Long.parseLong((String) content));
            case "double_value" -> Optional.of(number((String) content));
            case "string_value" -> Optional.of(Message.text(content));
            case "bool_value" -> Optional.of(Boolean.parseBoolean((String) content));
            case "bytes_value" -> Optional.of(content);
            case "list_value" -> list((Message) content);
            case "map_value" -> map((Message) content);
            case "object_value" -> object((Message) content);
            default -> Optional.empty();
        };
    }

    private static double number(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "inf", "infinity", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text.equalsIgnoreCase("nan") ? "NaN" : text);
        };
    }

    private static Optional<Object> list(Message message) {
        List<Object> items = new ArrayList<>();
        for (Message item : message.messages("values")) {
            Optional<Object> value = value(item);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            items.add(value.get());
        }
        return Optional.of(items);
    }

    private static Optional<Object> map(Message message) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (Message entry : message.messages("entries")) {
            Optional<Object> key = value(entry.message("key"));
            Optional<Object> value = value(entry.message("value"));
            if (key.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            entries.put(key.get(), value.get());
        }
        return Optional.of(entries);
    }

    private static Optional<Object> object(Message message) {
        String name = message.fields().keySet().iterator().next();
        Message content = message.message(name);
        long seconds = content.has("seconds") ? Long.parseLong(content.text("seconds")) : 0;
        long nanos = content.has("nanos") ? Long.parseLong(content.text("nanos")) : 0;
        if (name.endsWith(".Timestamp]")) {
            return Optional.of(Instant.ofEpochSecond(seconds, nanos));
        }
        return name.endsWith(".Duration]") ? Optional.of(Duration.ofSeconds(seconds, nanos)) : Optional.empty();
    }
}
