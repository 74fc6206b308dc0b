package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineFilesTest {

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiVersion: pipeline/v1",
                "\uFEFFapiVersion: pipeline/v1",
                "# apiVersion: none yet\r\napiVersion : 'pipeline/v2'\r\nname: x",
                "name: x\rapiVersion: pipeline/v1\r",
                "name: apiVersion\n\"apiVersion\":   \"pipeline/v1\"",
                "a: [\napiVersion: pipeline/",
            })
    void aLineWithTheVersionMakesAFileAPipeline(String text) throws IOException {
        assertThat(among(text)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "vars: {}",
                "apiVersion: pipelineTest/v1",
                "apiVersion: apps/v1",
                " apiVersion: pipeline/v1",
                "# apiVersion: pipeline/v1",
                "myapiVersion: pipeline/v1",
                "apiVersions: pipeline/v1",
                "apiVersion",
            })
    void nothingElseDoes(String text) throws IOException {
        assertThat(among(text)).isEmpty();
    }

    /** A search back to the start of the line for each would take hours. */
    @Test
    void aLongLineOfKeysIsNone() throws IOException {
        assertThat(among("x" + "apiVersion".repeat(1_000_000))).isEmpty();
    }

    private Iterable<Path> among(String text) throws IOException {
        Files.writeString(folder.resolve("file.yml"), text);
        Files.writeString(folder.resolve("file.json"), text);
        return PipelineFiles.PIPELINES.among(List.of(folder), true);
    }
}
