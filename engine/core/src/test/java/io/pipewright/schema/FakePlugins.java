package io.pipewright.schema;

import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.option.Rate;
import io.pipewright.spi.option.SinkFormat;
import io.pipewright.spi.option.SourceFormat;
import io.pipewright.spi.option.TypeName;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.stage.ConnectionType;
import io.pipewright.spi.stage.FormatProblems;
import io.pipewright.spi.stage.FormatType;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.SinkFormatPlan;
import io.pipewright.spi.stage.SourceFormatPlan;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.RecordType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A handful of plugins whose options have every shape; they do nothing. */
public final class FakePlugins {

    private FakePlugins() {}

    static PluginCatalog catalog() {
        try {
            Path services = Files.createDirectories(Path.of("target", "fake-plugins", "META-INF", "services"));
            write(services, StageType.class, FeedType.class, BatchType.class, StoreType.class);
            write(services, ConnectionType.class, ServerType.class);
            write(services, FormatType.class, LinesType.class);
            URL root = services.getParent().getParent().toUri().toURL();
            return PluginCatalog.load(new URLClassLoader(new URL[] {root}, FakePlugins.class.getClassLoader()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path services, Class<?> service, Class<?>... plugins) throws IOException {
        List<String> names = List.of(plugins).stream().map(Class::getName).toList();
        Files.write(services.resolve(service.getName()), names);
    }

    /** The options of {@code runtime}. */
    public record RuntimeOptions(
            @Option(doc = "How many.", defaultValue = "1") int parallelism,
            @Option(doc = "Checkpoints.") @Nullable Checkpoint checkpoint) {

        /** A block of runtime. */
        public record Checkpoint(@Option(doc = "The time between two.") Duration every) {}
    }

    /** The options of {@code feed}. */
    public record FeedOptions(
            @Option(doc = "The server.") ConnectionRef connection,
            @Option(doc = "The topics.") List<String> topics,
            @Option(doc = "The format.") SourceFormat format,
            @Option(doc = "The limit.") @Nullable Rate rateLimit) {}

    /** The source {@code feed}. */
    public static final class FeedType extends Plugin<FeedOptions> {
        public FeedType() {
            super(StageInfo.Kind.SOURCE, "feed", FeedOptions.class);
        }
    }

    /** The options of {@code batch}. */
    public record BatchOptions(
            @Option(doc = "The key.") List<String> keyBy,
            @Option(doc = "The span of time.") Window window,
            @Option(doc = "What is computed.") Map<String, Expression> aggregate,
            @Option(doc = "A second input.") @Nullable PortRef with,
            @Option(doc = "Whether quick.") @Nullable Boolean quick,
            @Option(doc = "How many.") @Nullable Integer limit,
            @Option(doc = "A share.") @Nullable Double share,
            @Option(doc = "In which order.", defaultValue = "byTime") Order order,
            @Option(doc = "The steps.") @Nullable List<Step> steps) {

        /** A choice. */
        public enum Order {
            BY_TIME,
            BY_NAME
        }

        /** An item of a list. */
        public record Step(
                @Option(doc = "Its id.") String id, @Option(doc = "Its condition.") @Nullable Expression where) {}

        /** Variants. */
        public sealed interface Window {}

        /** A variant. */
        @TypeName("tumbling")
        public record Tumbling(@Option(doc = "How long.") Duration size) implements Window {}

        /** A variant. */
        @TypeName("sliding")
        public record Sliding(@Option(doc = "How long.") Duration size, @Option(doc = "How often.") Duration slide)
                implements Window {}
    }

    /** The stage {@code batch}. */
    public static final class BatchType extends Plugin<BatchOptions> {
        public BatchType() {
            super(StageInfo.Kind.STAGE, "batch", BatchOptions.class);
        }
    }

    /** The options of {@code store}. */
    public record StoreOptions(
            @Option(doc = "The format.") @Nullable SinkFormat format,
            @Option(doc = "How many.", defaultValue = "128") int maxInFlight) {}

    /** The sink {@code store}. */
    public static final class StoreType extends Plugin<StoreOptions> {
        public StoreType() {
            super(StageInfo.Kind.SINK, "store", StoreOptions.class);
        }
    }

    /** What all fakes share. */
    public abstract static class Plugin<O extends Record> implements StageType<O, StagePlan> {
        private final StageInfo info;
        private final Class<O> options;

        Plugin(StageInfo.Kind kind, String name, Class<O> options) {
            this.info = new StageInfo(kind, name, "A fake.", false, true, List.of());
            this.options = options;
        }

        @Override
        public StageInfo info() {
            return info;
        }

        @Override
        public Class<O> optionsType() {
            return options;
        }

        @Override
        public Optional<StagePlan> plan(O written, PlanContext in) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Supplier<StageBuilder<StagePlan>> builder() {
            throw new UnsupportedOperationException();
        }
    }

    /** The options of {@code server}. */
    public record ServerOptions(@Option(doc = "Where it is.") String address) {}

    /** The connection {@code server}. */
    public static final class ServerType implements ConnectionType<ServerOptions> {
        @Override
        public String name() {
            return "server";
        }

        @Override
        public String summary() {
            return "A fake.";
        }

        @Override
        public Class<ServerOptions> optionsType() {
            return ServerOptions.class;
        }
    }

    /** The options of {@code lines}. */
    public record LinesOptions(@Option(doc = "The last character.") @Nullable String end) {}

    /** The format {@code lines}. */
    public static final class LinesType implements FormatType<LinesOptions> {
        @Override
        public String name() {
            return "lines";
        }

        @Override
        public String summary() {
            return "A fake.";
        }

        @Override
        public Class<LinesOptions> optionsType() {
            return LinesOptions.class;
        }

        @Override
        public Optional<SourceFormatPlan> source(LinesOptions options, DeclaredRecord record, FormatProblems problems) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<SinkFormatPlan> sink(LinesOptions options, RecordType written, FormatProblems problems) {
            throw new UnsupportedOperationException();
        }
    }
}
