package io.pipewright.stages.file;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A file as one look found it.
 *
 * @param key what stays when a file is renamed: its device and inode, or its path where the file system has none
 * @param size in bytes
 */
record FoundFile(String key, String path, long size) implements Serializable {

    /** @throws NoSuchFileException if there is none */
    static FoundFile at(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        Object key = attributes.fileKey();
        return new FoundFile(key == null ? path.toString() : key.toString(), path.toString(), attributes.size());
    }

    /** All that are there, each under one name; empty if a folder or file vanished meanwhile, so that it is not known. */
    static Optional<Collection<FoundFile>> all(FilePattern pattern) throws IOException {
        Map<String, FoundFile> found = new LinkedHashMap<>();
        try {
            for (Path path : pattern.files()) {
                FoundFile file = at(path);
                found.putIfAbsent(file.key, file);
            }
            return Optional.of(found.values());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return Optional.empty();
            }
            throw e.getCause();
        }
    }

    boolean isPacked() {
        return path.endsWith(".gz");
    }
}
