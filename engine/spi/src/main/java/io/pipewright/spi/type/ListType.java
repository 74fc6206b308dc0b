package io.pipewright.spi.type;

/** A list of values of one type, none of them null; held as an unmodifiable {@link java.util.List}. */
public record ListType(DataType element) implements DataType {

    // By hand, as in RecordType.
    @Override
    public boolean equals(Object other) {
        return other instanceof ListType list && element.equals(list.element);
    }

    @Override
    public int hashCode() {
        return 31 * element.hashCode();
    }

    @Override
    public String text() {
        return "list<" + element.text() + ">";
    }
}
