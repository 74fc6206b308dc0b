package io.pipewright.app.casefile;

import io.pipewright.diagnostic.Diagnostics;
import io.pipewright.diagnostic.PrettyFormatter;
import io.pipewright.diagnostic.VisibleText;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A report in the form of JUnit's, which servers of continuous integration read: a suite for each file, with a test case
 * for each case. A file with errors is a suite with one test case, named like the file.
 */
public final class JunitReport {

    private final List<Suite> suites = new ArrayList<>();

    private record Suite(String file, List<Entry> entries) {}

    /** A test case; {@code problem} is empty if it passed. */
    private record Entry(String name, Duration elapsed, String element, String problem) {}

    public void add(Results results) {
        String file = results.file().document().source().name();
        suites.add(new Suite(
                file, results.outcomes().stream().map(JunitReport::entry).toList()));
    }

    private static Entry entry(Outcome outcome) {
        String problem = new PrettyFormatter().format(outcome.differences());
        return new Entry(outcome.test().name(), outcome.elapsed(), "failure", problem);
    }

    /** Adds a file whose cases could not be run. */
    public void add(String file, Diagnostics findings) {
        String problem = new PrettyFormatter().format(findings);
        suites.add(new Suite(file, List.of(new Entry(file, Duration.ZERO, "error", problem))));
    }

    public String xml() {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            for (Suite suite : suites) {
                write(suite, xml);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("A report cannot be written into memory", e);
        }
        return text + "\n";
    }

    private static void write(Suite suite, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        attribute("name", suite.file, xml);
        attribute("tests", String.valueOf(suite.entries.size()), xml);
        attribute("failures", String.valueOf(count(suite, "failure")), xml);
        attribute("errors", String.valueOf(count(suite, "error")), xml);
        Duration all = suite.entries.stream().map(Entry::elapsed).reduce(Duration.ZERO, Duration::plus);
        attribute("time", seconds(all), xml);
        for (Entry entry : suite.entries) {
            write(suite.file, entry, xml);
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void write(String file, Entry entry, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        attribute("classname", file, xml);
        attribute("name", entry.name, xml);
        attribute("time", seconds(entry.elapsed), xml);
        if (!entry.problem.isEmpty()) {
            xml.writeStartElement(entry.element);
            attribute("message", entry.problem.lines().findFirst().orElse(""), xml);
            xml.writeCharacters(entry.problem);
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static long count(Suite suite, String element) {
        return suite.entries.stream()
                .filter(entry -> !entry.problem.isEmpty() && entry.element.equals(element))
                .count();
    }

    private static void attribute(String name, String value, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeAttribute(name, VisibleText.of(value));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }
}
