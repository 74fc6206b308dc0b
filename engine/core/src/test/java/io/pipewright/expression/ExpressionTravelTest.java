package io.pipewright.expression;

import static io.pipewright.expression.Checking.check;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.expression.Variable;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An expression is checked where a job is submitted, and evaluated where dev.cel is never loaded. */
class ExpressionTravelTest {

    private static final String EVERYTHING =
            """
            has(customerId) && status == "FAILURE" && n + 1 > 2 && cost * 2.0 >= 1.0 && "a" in tags
              && orElse(customer.tier, "x") != "y" && failure.exists(f, f.cost > 1.0)
              && failure.map(f, f.tries).sum() == 3 && callback[0].channel.matches("V.*")
              && wait == duration("90s") && timestamp > timestamp("2020-01-01T00:00:00Z")
              && price > decimal("1") && labels == {"k": "v"} && (paid ? n : 0) in [7] && raw == b"\\x01\\x02"
              && timestamp.getHours("Europe/Berlin") == 5 && status.lowerAscii().split("a") == ["f", "ilure"]
            """;

    private static byte[] serialized(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes, ClassLoader loader) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            protected Class<?> resolveClass(ObjectStreamClass type) throws ClassNotFoundException {
                return Class.forName(type.getName(), false, loader);
            }
        }) {
            return in.readObject();
        }
    }

    @Test
    void aCheckedExpressionIsSerializable() throws Exception {
        CheckedExpression sent = check(EVERYTHING).get();
        CheckedExpression received =
                (CheckedExpression) read(serialized(sent), getClass().getClassLoader());
        assertThat(received.text()).isEqualTo(EVERYTHING);
        assertThat(received.fieldsRead()).isEqualTo(sent.fieldsRead());
        assertThat(received.evaluator(Checking.SCOPE).test(Checking.RECORD, Checking.VARIABLES))
                .isTrue();
    }

    @Test
    void itRunsWhereTheCheckingLibraryIsNot() throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            String group = Path.of(entry).toString().replace(java.io.File.separatorChar, '.');
            if (!group.contains(".dev.cel.") && !group.contains(".com.google.guava.")) {
                classPath.add(Path.of(entry).toUri().toURL());
            }
        }
        byte[] sent = serialized(check(EVERYTHING).get());
        byte[] scope = serialized(Checking.SCOPE);
        try (URLClassLoader loader =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> loader.loadClass("dev.cel.common.CelSource"))
                    .isInstanceOf(ClassNotFoundException.class);
            Object expression = read(sent, loader);
            Object evaluator = expression
                    .getClass()
                    .getMethod("evaluator", loader.loadClass(Scope.class.getName()))
                    .invoke(expression, read(scope, loader));
            Class<?> recordClass = loader.loadClass(DataRecord.class.getName());
            Object result = loader.loadClass("io.pipewright.spi.expression.Evaluator")
                    .getMethod("test", recordClass, Object[].class)
                    .invoke(evaluator, copy(Checking.RECORD, recordClass), copies(recordClass));
            assertThat(result).isEqualTo(true);
        }
    }

    private static Object[] copies(Class<?> recordClass) throws Exception {
        Object[] copies = new Object[Checking.VARIABLES.length];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = copy(Checking.VARIABLES[i], recordClass);
        }
        return copies;
    }

    private static Object copy(Object value, Class<?> recordClass) throws Exception {
        if (value instanceof List<?> list) {
            List<Object> copies = new ArrayList<>();
            for (Object item : list) {
                copies.add(copy(item, recordClass));
            }
            return copies;
        }
        if (value instanceof DataRecord record) {
            Object[] values = new Object[record.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = copy(record.get(i), recordClass);
            }
            return recordClass.getMethod("of", Object[].class).invoke(null, (Object) values);
        }
        return value;
    }

    @Test
    void itIsBoundToTheFieldsThatAreReallyThere() {
        CheckedExpression expression = check("n > 6 && failure[1].cost == 2.0 && customer.tier == status")
                .get();
        RecordType narrow = Checking.EVENT.project(expression.fieldsRead());
        Scope physical = Scope.of(narrow)
                .with(new Variable("failure", new ListType(Checking.CALL.project(Set.of("cost"))), false))
                .with(new Variable("customer", Checking.CUSTOMER.project(Set.of("tier")), true));
        DataRecord record = DataRecord.of("GOLD", 7);
        Object[] variables = {List.of(DataRecord.of(1.0), DataRecord.of(2.0)), DataRecord.of("GOLD")};
        assertThat(expression.evaluator(physical).test(record, variables)).isTrue();
        variables[1] = null;
        assertThat(expression.evaluator(physical).test(record, variables)).isFalse();
    }
}
