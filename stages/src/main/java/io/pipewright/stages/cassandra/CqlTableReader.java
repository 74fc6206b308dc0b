package io.pipewright.stages.cassandra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one {@code CREATE TABLE} from behind the table's name: its columns and its primary key. */
final class CqlTableReader {

    private final CqlTokens tokens;
    private final String keyspace;
    private final String name;
    private final int line;
    private final Map<String, CqlType> types = new LinkedHashMap<>();
    private final List<String> statics = new ArrayList<>();
    private final List<String> partitionKey = new ArrayList<>();
    private final List<String> clustering = new ArrayList<>();

    CqlTableReader(CqlTokens tokens, String keyspace, String name, int line) {
        this.tokens = tokens;
        this.keyspace = keyspace;
        this.name = name;
        this.line = line;
    }

    CqlTable read() {
        tokens.expect("(");
        while (true) {
            item();
            if (tokens.accept(")")) {
                break;
            }
            CqlToken found = tokens.peek();
            if (!tokens.accept(",")) {
                throw CqlTokens.unexpected(found, "`,` or `)`");
            }
        }
        CqlToken after = tokens.peek();
        if (!after.is("with") && !after.is(";") && !tokens.atEnd()) {
            throw CqlTokens.unexpected(after, "`;`");
        }
        return table();
    }

    private void item() {
        if (tokens.accept("primary", "key")) {
            primaryKey();
            return;
        }
        int columnLine = tokens.peek().line();
        String column = tokens.name("a column");
        if (types.put(column, type()) != null) {
            throw new CqlSyntaxException(
                    columnLine, "table `" + name + "` has two columns `" + column + "`.", "remove or rename one.");
        }
        if (tokens.accept("static")) {
            statics.add(column);
        }
        if (tokens.accept("masked")) {
            mask();
        }
        if (tokens.accept("primary", "key")) {
            checkFirstKey(columnLine);
            partitionKey.add(column);
        }
    }

    /** {@code MASKED WITH function(…)}: no part of what may be written. */
    private void mask() {
        tokens.expect("with");
        while (!tokens.atEnd() && !tokens.accept("(")) {
            tokens.next();
        }
        while (!tokens.atEnd() && !tokens.accept(")")) {
            tokens.next();
        }
    }

    private void primaryKey() {
        checkFirstKey(tokens.peek().line());
        tokens.expect("(");
        if (tokens.accept("(")) {
            names(partitionKey);
        } else {
            partitionKey.add(tokens.name("a column"));
        }
        if (tokens.accept(",")) {
            names(clustering);
        } else {
            tokens.expect(")");
        }
    }

    private void checkFirstKey(int keyLine) {
        if (!partitionKey.isEmpty()) {
            throw new CqlSyntaxException(keyLine, "table `" + name + "` has two primary keys.", "remove one.");
        }
    }

    private void names(List<String> into) {
        do {
            into.add(tokens.name("a column"));
        } while (tokens.accept(","));
        tokens.expect(")");
    }

    private CqlType type() {
        CqlToken first = tokens.peek();
        boolean literal = first.kind() == CqlToken.Kind.STRING || first.kind() == CqlToken.Kind.NUMBER;
        if (!literal && !first.isName()) {
            throw CqlTokens.unexpected(first, "a type");
        }
        tokens.next();
        if (literal) {
            return CqlType.of(first.text());
        }
        if (tokens.accept(".")) {
            return CqlType.of(first.text() + "." + tokens.name("a type"));
        }
        List<CqlType> parameters = new ArrayList<>();
        if (tokens.accept("<")) {
            do {
                parameters.add(type());
            } while (tokens.accept(","));
            tokens.expect(">");
        }
        return CqlType.of(first.text(), parameters.toArray(CqlType[]::new));
    }

    private CqlTable table() {
        if (partitionKey.isEmpty()) {
            throw new CqlSyntaxException(line, "table `" + name + "` has no primary key.", "add PRIMARY KEY (…).");
        }
        List<String> keys = new ArrayList<>(partitionKey);
        keys.addAll(clustering);
        for (String key : keys) {
            if (!types.containsKey(key)) {
                throw new CqlSyntaxException(
                        line,
                        "the primary key of table `" + name + "` names `" + key + "`, which is not a column of it.",
                        "columns: " + String.join(", ", types.keySet()));
            }
        }
        List<CqlColumn> columns = new ArrayList<>();
        types.forEach((column, type) -> columns.add(new CqlColumn(column, type, kind(column))));
        return new CqlTable(keyspace, name, columns, partitionKey, clustering, line);
    }

    private CqlColumn.Kind kind(String column) {
        if (partitionKey.contains(column)) {
            return CqlColumn.Kind.PARTITION_KEY;
        }
        if (clustering.contains(column)) {
            return CqlColumn.Kind.CLUSTERING;
        }
        return statics.contains(column) ? CqlColumn.Kind.STATIC : CqlColumn.Kind.REGULAR;
    }
}
