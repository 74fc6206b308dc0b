package io.pipewright.yaml;

import io.pipewright.diagnostic.Span;

/**
 * The place of a value that is wrong, missing or cannot be made out, of which an error has been told. Whoever needs the
 * value goes on without it and says nothing more about it.
 *
 * @param span of the value, or where it would stand
 */
public record BrokenNode(Span span) implements Node {
    @Override
    public String describe() {
        return "a value with a mistake";
    }
}
