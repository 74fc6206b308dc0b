package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.stage.FormatType;
import io.pipewright.spi.stage.StageType;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Jars and plugins that cannot be used are told in one message that names them and says what to do, with exit code 2. It is
 * long because each way to be wrong is a case, and the sources of the wrong plugins stand here too, to be compiled once.
 */
class UnusablePluginsTest {

    private static final String STAGES = "META-INF/services/" + StageType.class.getName();

    /** A stage that passes records on; those of the cases are kinds of it, each with one fault. */
    private static final String STAGE =
            """
            package com.acme;

            import io.pipewright.spi.option.Option;
            import io.pipewright.spi.stage.*;
            import io.pipewright.spi.type.RecordType;
            import java.util.*;
            import java.util.function.Supplier;

            public class Sound implements StageType<Sound.Options, Sound.Plan> {
                public record Options(@Option(doc = "A text.", defaultValue = "x") String text) {}

                public record Plan(RecordType input) implements StagePlan {
                    public List<OutputPort> outputs() { return List.of(OutputPort.main(input)); }
                    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> read) {
                        return Map.of(FROM, read.getOrDefault(OutputPort.MAIN, Set.of()));
                    }
                }

                protected String name() { return "acme"; }
                public StageInfo info() {
                    return new StageInfo(StageInfo.Kind.STAGE, name(), "Does nothing.", false, false, List.of());
                }
                public Class<Options> optionsType() { return Options.class; }
                public Optional<Plan> plan(Options options, PlanContext in) { return Optional.of(new Plan(in.input())); }
                public Supplier<StageBuilder<Plan>> builder() { return () -> null; }
            }
            """;

    /** Kinds of {@code Sound}, by the name of the class. */
    private static final String KINDS =
            """
            class Namesake { protected String name() { return "filter"; } }
            class Twin {}
            class Shouting { protected String name() { return "ACME!"; } }
            class NeedsLibrary { Library library = new Library(); }
            class NeedsLibraryLater { public Optional<Plan> plan(Options o, PlanContext in) { new Library(); return super.plan(o, in); } }
            class NeedsOurJackson { Object json = new com.fasterxml.jackson.databind.ObjectMapper(); }
            class Throws { public StageInfo info() { throw new IllegalStateException("not today"); } }
            class ThrowsLater { public Optional<Plan> plan(Options o, PlanContext in) { return Optional.of(List.<Plan>of().get(3)); } }
            class ThrowsAtFirstUse { static final int NUMBER = Integer.parseInt("many"); }
            class Hidden { private Hidden() {} }
            """;

    private static final String OTHERS =
            """
            package com.acme;

            import io.pipewright.spi.option.Option;
            import io.pipewright.spi.stage.*;
            import java.util.*;
            import java.util.function.Supplier;

            class Library {}

            abstract class WithOptions<O extends Record> implements StageType<O, Sound.Plan> {
                public StageInfo info() { return new Sound().info(); }
                public Optional<Sound.Plan> plan(O options, PlanContext in) { return Optional.empty(); }
                public Supplier<StageBuilder<Sound.Plan>> builder() { return () -> null; }
            }
            """;

    private static Path classes;
    private static Path older;

    @BeforeAll
    static void compile() throws IOException {
        Path folder = TestPlace.folder("unusable");
        Path sources = Files.createDirectories(folder.resolve("src/com/acme"));
        Files.writeString(sources.resolve("Sound.java"), STAGE);
        Files.writeString(sources.resolve("Others.java"), OTHERS);
        String head = STAGE.substring(0, STAGE.indexOf("public class"));
        for (String kind : KINDS.lines().toList()) {
            String name = kind.split(" ")[1];
            Files.writeString(
                    sources.resolve(name + ".java"),
                    head + kind.replace("class " + name, "public class " + name + " extends Sound"));
        }
        withOptions(sources, head, "NoText", "String text");
        withOptions(sources, head, "OddClass", "@Option(doc = \"A thread.\") Thread thread");
        withOptions(sources, head, "EngineKey", "@Option(doc = \"Mine.\") String parallelism");
        List<Path> all = new ArrayList<>(PluginJar.interfaceAndFlink());
        PluginJar.classPath()
                .filter(jar -> jar.getFileName().toString().startsWith("jackson-"))
                .forEach(all::add);
        classes = folder.resolve("classes");
        PluginJar.compile(folder.resolve("src"), all, classes);
        older = otherInterface(folder, all);
    }

    private static void withOptions(Path sources, String head, String name, String component) throws IOException {
        Files.writeString(
                sources.resolve(name + ".java"),
                head + "public class " + name + " extends WithOptions<" + name + ".Mine> {\n"
                        + "  public record Mine(" + component + ") {}\n"
                        + "  public Class<Mine> optionsType() { return Mine.class; }\n}\n");
    }

    /** The same stage, built against another version of the plugin interface: a method less to have, and one more to call. */
    private static Path otherInterface(Path folder, List<Path> classPath) throws IOException {
        Path sources = folder.resolve("other");
        Path spi = Files.createDirectories(sources.resolve("io/pipewright/spi/stage"));
        Path ours = TestPlace.root().resolve("engine/spi/src/main/java/io/pipewright/spi/stage");
        String type = Files.readString(ours.resolve("StageType.java"));
        Files.writeString(
                spi.resolve("StageType.java"),
                type.replace("Supplier<StageBuilder<P>> builder();", "default void later() {}"));
        String context = Files.readString(ours.resolve("PlanContext.java"));
        Files.writeString(
                spi.resolve("PlanContext.java"),
                context.replace("String pipeline();", "String pipeline();\n  int version();"));
        Path acme = Files.createDirectories(sources.resolve("com/acme"));
        Files.writeString(acme.resolve("Sound.java"), STAGE.replaceFirst("    public Supplier.*", ""));
        Files.writeString(
                acme.resolve("Calls.java"),
                STAGE.replace("class Sound ", "class Calls ")
                        .replace("Sound.", "Calls.")
                        .replace("PlanContext in) {", "PlanContext in) { in.version();"));
        Path compiled = folder.resolve("other-classes");
        PluginJar.compile(sources, classPath, compiled);
        return compiled;
    }

    /** A folder with the jar {@code acme.jar}: {@code com.acme} without some classes, and the names of its stages. */
    private static Path plugins(Path compiled, String stages, String... without) throws IOException {
        Path folder = TestPlace.folder("plugins");
        jar(folder.resolve("acme.jar"), compiled, stages, without);
        return folder;
    }

    private static void jar(Path jar, Path compiled, String stages, String... without) throws IOException {
        Path services = TestPlace.folder("services");
        Files.createDirectories(services.resolve(STAGES).getParent());
        Files.writeString(services.resolve(STAGES), stages);
        PluginJar.pack(
                jar,
                name -> !name.startsWith("io/")
                        && Arrays.stream(without).noneMatch(missing -> name.equals("com/acme/" + missing + ".class")),
                compiled,
                services);
    }

    /** What {@code list} says with the plugins of a folder, after it was seen to have refused them. */
    private static String refused(Path plugins) {
        return refused(Answer.of("list", "--plugins", plugins.toString()));
    }

    private static String refused(Answer answer) {
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err().strip().lines()).as(answer.err()).hasSize(1);
        BadInputIT.assertNoStackTrace(answer.err().replaceAll("java\\.lang\\.\\w+Exception:", ""));
        return answer.err().strip();
    }

    /** What {@code validate} says of a pipeline with the stage {@code acme}. */
    private static Answer validate(Path plugins) throws IOException {
        return Answer.of("validate", pipeline(plugins), "--plugins", plugins.toString());
    }

    private static String pipeline(Path folder) throws IOException {
        Path pipeline = Files.writeString(
                folder.resolve("acme.yaml"),
                """
                apiVersion: pipeline/v1
                name: acme
                records:
                  Event: {fields: {name: string}}
                sources:
                  events: {type: file, path: in.jsonl, format: {type: json, record: Event}}
                stages:
                  mine: {type: acme, from: events}
                sinks:
                  out: {type: print, from: mine}
                """);
        return pipeline.toString();
    }

    @Test
    void aSoundPluginIsTaken() throws IOException {
        Answer answer = validate(plugins(classes, "com.acme.Sound # the one that is sound\n"));
        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isZero();
    }

    @Test
    void aFolderThatThereIsNot() {
        assertThat(refused(Path.of("nowhere"))).isEqualTo("There is no folder `nowhere`. Check the path of --plugins.");
    }

    @Test
    void aFileInThePlaceOfAFolder() throws IOException {
        Path jar = plugins(classes, "com.acme.Sound").resolve("acme.jar");
        assertThat(refused(jar)).startsWith("`" + jar + "` is no folder.");
    }

    @Test
    void aFolderWithoutAJar() throws IOException {
        Path folder = TestPlace.folder("plugins");
        Files.writeString(folder.resolve("README"), "Jars go here.");
        assertThat(refused(folder)).startsWith("There is no jar in `" + folder + "`.");
    }

    @Test
    void aFolderWithoutAPlugin() throws IOException {
        assertThat(refused(plugins(classes, "# none yet\n")))
                .contains("has a plugin in it. A plugin's jar names its type in `" + STAGES + "`.");
    }

    @Test
    void aJarThatIsNone() throws IOException {
        Path folder = plugins(classes, "com.acme.Sound");
        Path text = Files.writeString(folder.resolve("notes.jar"), "not a jar");
        assertThat(refused(folder)).startsWith("`" + text + "` is no jar, or not a whole one:");
    }

    @Test
    void halfAJar() throws IOException {
        Path folder = plugins(classes, "com.acme.Sound");
        Path jar = folder.resolve("acme.jar");
        byte[] whole = Files.readAllBytes(jar);
        Files.write(jar, Arrays.copyOf(whole, whole.length / 2));
        assertThat(refused(folder)).startsWith("`" + jar + "` is no jar, or not a whole one:");
    }

    @Test
    void aJarThatBringsThePluginInterface() throws IOException {
        Path folder = TestPlace.folder("plugins");
        Path spi = PluginJar.interfaceAndFlink().get(0);
        if (Files.isDirectory(spi)) {
            PluginJar.pack(folder.resolve("all.jar"), name -> name.startsWith("io/"), spi);
        } else {
            Files.copy(spi, folder.resolve("all.jar"));
        }
        assertThat(refused(folder)).contains("all.jar` has the plugin interface in it", "as `provided`");
    }

    @Test
    void twoVersionsOfAPlugin() throws IOException {
        Path folder = plugins(classes, "com.acme.Sound");
        jar(folder.resolve("acme-2.jar"), classes, "com.acme.Sound");
        assertThat(refused(folder))
                .contains(
                        "acme-2.jar` and `", "acme.jar` both have the plugin `com.acme.Sound`. Leave one of them out.");
    }

    @Test
    void twoPluginsOfOneName() throws IOException {
        Path folder = plugins(classes, "com.acme.Sound", "Twin");
        jar(folder.resolve("twin.jar"), classes, "com.acme.Twin");
        assertThat(refused(folder))
                .isEqualTo("Two plugins are called `acme`: `com.acme.Sound` of `acme.jar` and `com.acme.Twin` of"
                        + " `twin.jar`. Leave one of them out, or give it another name.");
    }

    @Test
    void aPluginWithTheNameOfOneThatComesWithPipewright() throws IOException {
        assertThat(refused(plugins(classes, "com.acme.Namesake")))
                .contains("Two plugins are called `filter`: ", "FilterType`", "`com.acme.Namesake` of `acme.jar`");
    }

    @Test
    void anyKindOfPluginIsLookedAt() throws IOException {
        Path folder = plugins(classes, "com.acme.Sound");
        Path formats = TestPlace.folder("services").resolve("META-INF/services");
        Files.createDirectories(formats);
        Files.writeString(formats.resolve(FormatType.class.getName()), "com.acme.Gone");
        PluginJar.pack(
                folder.resolve("format.jar"), file -> true, formats.getParent().getParent());
        assertThat(refused(folder)).contains("Provider com.acme.Gone not found", "that is a `FormatType`");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    com.acme.Gone             | A plugin cannot be loaded: Provider com.acme.Gone not found. Each line of
                    com.acme.Library          | A plugin cannot be loaded: com.acme.Library
                    com.acme.Hidden           | A plugin cannot be loaded: com.acme.Hidden
                    two words                 | A plugin cannot be loaded:
                    com.acme.Shouting         | The plugin `com.acme.Shouting` of `acme.jar` is called `ACME!`. Name it with
                    com.acme.Throws           | The plugin `com.acme.Throws` of `acme.jar` fails: java.lang.IllegalStateException: not today. Tell its author.
                    com.acme.ThrowsAtFirstUse | The plugin `com.acme.ThrowsAtFirstUse` of `acme.jar` fails: java.lang.NumberFormatException
                    com.acme.NeedsOurJackson  | The plugin `com.acme.NeedsOurJackson` of `acme.jar` needs the class `com.fasterxml.jackson.databind.ObjectMapper`, which is not there. Put the library
                    com.acme.NoText           | The options of the plugin `com.acme.NoText` of `acme.jar` cannot be read: Mine.text has no @Option with a text. Mend its record `Mine`.
                    com.acme.OddClass         | Mine.thread is of a class that options cannot have: class java.lang.Thread. Mend its record `Mine`.
                    com.acme.EngineKey        | The plugin `com.acme.EngineKey` of `acme.jar` has an option `parallelism`, which is a key of the engine's own.
                    """)
    void aPluginThatCannotBeOne(String stage, String told) throws IOException {
        assertThat(refused(plugins(classes, stage))).contains(told);
    }

    @Test
    void aPluginWithoutItsLibrary() throws IOException {
        assertThat(refused(plugins(classes, "com.acme.NeedsLibrary", "Library")))
                .isEqualTo(
                        "The plugin `com.acme.NeedsLibrary` of `acme.jar` needs the class `com.acme.Library`, which is not there."
                                + " Put the library that has it into the plugin's jar, or beside it.");
    }

    @Test
    void aPluginWithoutItsSuperclass() throws IOException {
        assertThat(refused(plugins(classes, "com.acme.Twin", "Sound")))
                .startsWith(
                        "The class `com.acme.Twin` of `acme.jar` needs the class `com.acme.Sound`, which is not there.");
    }

    @Test
    void aPluginThatIsFoundToLackItsLibraryWhileItPlans() throws IOException {
        Path folder = plugins(classes, "com.acme.NeedsLibraryLater", "Library");
        assertThat(Answer.of("list", "--plugins", folder.toString()).exitCode()).isZero();
        assertThat(refused(validate(folder)))
                .startsWith("The plugin `com.acme.NeedsLibraryLater` of `acme.jar`, which `mine` uses, needs the class"
                        + " `com.acme.Library`");
    }

    @Test
    void aPluginThatThrowsWhileItPlans() throws IOException {
        assertThat(refused(validate(plugins(classes, "com.acme.ThrowsLater"))))
                .startsWith("The plugin `com.acme.ThrowsLater` of `acme.jar`, which `mine` uses, fails:"
                        + " java.lang.ArrayIndexOutOfBounds")
                .endsWith("Tell its author.");
    }

    /** In Flink's application mode it is Flink that has loaded the jars of {@code usrlib}. */
    @Test
    void whatAPluginThrowsWhileItPlansIsToldTheSameWhoeverLoadedIt() throws IOException {
        Path folder = plugins(classes, "com.acme.ThrowsLater");
        String told = refused(validate(folder));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] jars = {folder.resolve("acme.jar").toUri().toURL()};
        try (URLClassLoader flinks = new URLClassLoader(jars, before)) {
            thread.setContextClassLoader(flinks);
            assertThat(refused(Answer.of("validate", pipeline(folder)))).isEqualTo(told);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void aPluginThatLacksAMethodOfThePluginInterface() throws IOException {
        assertThat(refused(plugins(older, "com.acme.Sound")))
                .startsWith("The plugin `com.acme.Sound` of `acme.jar` was built against another version of the plugin"
                        + " interface: ")
                .contains("builder()")
                .endsWith("Build it against the one of this Pipewright.");
    }

    @Test
    void aPluginThatCallsAMethodThatThePluginInterfaceHasNot() throws IOException {
        assertThat(refused(validate(plugins(older, "com.acme.Calls"))))
                .startsWith("The plugin `com.acme.Calls` of `acme.jar`, which `mine` uses, was built against another"
                        + " version of the plugin interface: ")
                .contains("version()");
    }

    @Test
    void aPluginForALaterJava() throws IOException {
        Path copy = TestPlace.folder("later");
        Path later = Files.createDirectories(copy.resolve("com/acme"));
        try (Stream<Path> files = Files.list(classes.resolve("com/acme"))) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[7] = 65; // the class files of Java 21
                Files.write(later.resolve(file.getFileName()), bytes);
            }
        }
        assertThat(refused(plugins(copy, "com.acme.Sound")))
                .startsWith("The class `com.acme.Sound` of `acme.jar` is made for a later Java")
                .endsWith("Compile it with `--release 17`.");
    }

    /** What it calls by their own names, a plugin would look for in vain on a cluster. */
    @Test
    void librariesThatTheEngineHasUnderOtherNamesAreHidden() throws IOException {
        Matcher relocation = Pattern.compile("<pattern>(.*?)</pattern>")
                .matcher(Files.readString(TestPlace.root().resolve("engine/app/pom.xml")));
        List<String> relocated =
                relocation.results().map(found -> found.group(1) + ".").toList();
        assertThat(PluginLoader.RELOCATED).containsExactlyInAnyOrderElementsOf(relocated);
    }

    @Test
    void everyCommandThatKnowsTypesTakesPlugins() {
        for (String command : List.of("run", "validate", "test", "show", "graph", "list", "describe", "fmt")) {
            assertThat(refused(Answer.of(command, "x", "--plugins", "nowhere")))
                    .as(command)
                    .contains("There is no folder `nowhere`.");
        }
        assertThat(refused(Answer.of("schema", "--plugins", "nowhere"))).contains("There is no folder `nowhere`.");
        assertThat(Answer.of("explain", "--plugins", "nowhere").err()).contains("Unknown option");
        assertThat(Answer.of(Main.commandLineOf(new SubmitCommand()), "--pipeline", "x", "--plugins", "nowhere")
                        .err())
                .contains("There is no folder `nowhere`.");
    }
}
