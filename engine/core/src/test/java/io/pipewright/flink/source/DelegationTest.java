package io.pipewright.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsHandleExecutionAttemptSourceEvent;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every method of Flink's interfaces, defaults too, must reach what is wrapped: a forgotten one is lost in silence. */
class DelegationTest {

    private static final Pacing NONE = new Pacing(0, 0, 0);

    private final List<String> called = new ArrayList<>();

    @TestFactory
    List<DynamicTest> theReaderDelegatesEveryMethod() {
        SourceReader<?, ?> inner = recording(SourceReader.class);
        PacedReader<?, ?> reader = new PacedReader<>(inner, silent(SourceReaderContext.class), NONE, new FakeAlarm());
        return each(SourceReader.class, reader);
    }

    @TestFactory
    List<DynamicTest> theEnumeratorDelegatesEveryMethod() {
        SplitEnumerator<?, ?> inner = recording(SplitEnumerator.class);
        return each(SplitEnumerator.class, enumerator(inner));
    }

    @TestFactory
    List<DynamicTest> theEnumeratorDelegatesEventsOfAnAttempt() {
        SplitEnumerator<?, ?> inner = recording(SplitEnumerator.class, SupportsHandleExecutionAttemptSourceEvent.class);
        return each(SupportsHandleExecutionAttemptSourceEvent.class, enumerator(inner));
    }

    @TestFactory
    List<DynamicTest> theSourceDelegatesEveryMethod() {
        Source<?, ?, ?> inner = recording(Source.class);
        return each(Source.class, new PacedSource<>(inner, NONE));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static PacedEnumerator<?, ?> enumerator(SplitEnumerator<?, ?> inner) {
        return new PacedEnumerator(inner, silent(SplitEnumeratorContext.class), NONE);
    }

    private List<DynamicTest> each(Class<?> api, Object wrapper) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Method method : api.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) {
                tests.add(DynamicTest.dynamicTest(method.getName(), () -> {
                    called.clear();
                    method.invoke(wrapper, arguments(method));
                    assertThat(called).contains(method.getName());
                }));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    private static Object[] arguments(Method method) {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = example(method.getParameterTypes()[i]);
        }
        return arguments;
    }

    @SuppressWarnings("unchecked")
    private <T> T recording(Class<?>... apis) {
        return (T) Proxy.newProxyInstance(DelegationTest.class.getClassLoader(), apis, (proxy, method, arguments) -> {
            called.add(method.getName());
            return example(method.getReturnType());
        });
    }

    @SuppressWarnings("unchecked")
    private static <T> T silent(Class<T> api) {
        return (T) Proxy.newProxyInstance(
                DelegationTest.class.getClassLoader(),
                new Class<?>[] {api},
                (proxy, method, arguments) -> example(method.getReturnType()));
    }

    private static Object example(Class<?> type) {
        if (type == int.class) {
            return 0;
        } else if (type == long.class) {
            return 0L;
        } else if (type == boolean.class) {
            return false;
        } else if (type == InputStatus.class) {
            return InputStatus.MORE_AVAILABLE;
        } else if (type == CompletableFuture.class) {
            return new CompletableFuture<Void>();
        } else if (List.class.isAssignableFrom(type) || type == java.util.Collection.class) {
            return List.of();
        } else if (type == Map.class) {
            return Map.of();
        }
        return type.isInterface() && !type.getName().startsWith("java.") ? silent(type) : null;
    }
}
