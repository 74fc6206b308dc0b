package io.pipewright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.expression.tree.Node;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.expression.Variable;
import io.pipewright.spi.option.Times;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link RecordType} and others compare by hand is each component, also one that is added some day. */
class HandWrittenEqualityTest {

    private static final Field NAME = Field.of("name", Scalar.STRING);
    private static final Field COUNT = Field.nullable("count", Scalar.LONG);
    private static final RecordType ONE = RecordType.of("One", NAME);
    private static final RecordType TWO = RecordType.of("Two", COUNT);

    /** Two of each, of which no component is equal. */
    private static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(NAME, COUNT),
                Arguments.of(ONE, TWO),
                Arguments.of(new ListType(Scalar.STRING), new ListType(ONE)),
                Arguments.of(new MapType(Scalar.STRING), new MapType(ONE)),
                Arguments.of(new Times(1, 2), new Times(0, null)),
                Arguments.of(new Variable("a", ONE, true), new Variable("b", TWO, false)),
                Arguments.of(Scope.of(ONE), Scope.of(TWO).with(new Variable("a", ONE, true))),
                Arguments.of(new PortId("a", ""), new PortId("b", "late")),
                Arguments.of(new Node.FieldValue("a", ONE), new Node.FieldValue("b", TWO)),
                Arguments.of(
                        new Node.Present(new Node.FieldValue("a", ONE)),
                        new Node.Present(new Node.FieldValue("b", ONE))));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void everyComponentCounts(Record one, Record other) throws Exception {
        Object[] values = values(one);
        Record same = made(one, values);
        assertThat(same).isNotSameAs(one).isEqualTo(one).hasSameHashCodeAs(one);
        assertThat(one).isNotEqualTo("another").isNotEqualTo(other);
        for (int i = 0; i < values.length; i++) {
            Object[] changed = values.clone();
            changed[i] = values(other)[i];
            assertThat(made(one, changed)).isNotEqualTo(one);
            assertThat(one).isNotEqualTo(made(one, changed));
        }
    }

    private static Object[] values(Record record) throws Exception {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].getAccessor().invoke(record);
        }
        return values;
    }

    private static Record made(Record like, Object[] values) throws Exception {
        Class<?>[] types = Arrays.stream(like.getClass().getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        return like.getClass().getDeclaredConstructor(types).newInstance(values);
    }
}
