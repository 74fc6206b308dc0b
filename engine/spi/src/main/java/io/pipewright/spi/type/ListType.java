package io.pipewright.spi.type;

/** A list of values of one type, none of them null; held as an unmodifiable {@link java.util.List}. */
public record ListType(DataType element) implements DataType {
    @Override
    public String text() {
        return "list<" + element.text() + ">";
    }
}
