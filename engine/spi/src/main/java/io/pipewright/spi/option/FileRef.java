package io.pipewright.spi.option;

/**
 * A text file that the pipeline names, read by the engine before planning.
 *
 * @param name as written, relative to the pipeline's folder
 * @param content its text, UTF-8
 * @param path the option's path
 */
public record FileRef(String name, String content, String path) {}
