package io.pipewright.app;

import io.pipewright.stages.json.JsonFormat;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;

/**
 * Sees what the program sees, but looks for the types that come with it in their own jar alone. To look for them in all
 * jars, which are opened for nothing else, would be a tenth of the time of {@code validate}.
 */
final class ShippedTypes extends ClassLoader {

    private static final String SERVICES = "META-INF/services/io.pipewright.";

    /** Of resources alone, open as long as the program runs. */
    private final URLClassLoader jar;

    ShippedTypes() {
        super(ShippedTypes.class.getClassLoader());
        URL place = JsonFormat.class.getProtectionDomain().getCodeSource().getLocation();
        jar = new URLClassLoader(new URL[] {place}, null);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.startsWith(SERVICES) ? jar.findResources(name) : super.getResources(name);
    }
}
