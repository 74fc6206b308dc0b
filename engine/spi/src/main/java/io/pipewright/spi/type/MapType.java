package io.pipewright.spi.type;

/** A map from strings to values of one type, none of them null; held as an unmodifiable {@link java.util.Map}. */
public record MapType(DataType value) implements DataType {
    @Override
    public String text() {
        return "map<string," + value.text() + ">";
    }
}
