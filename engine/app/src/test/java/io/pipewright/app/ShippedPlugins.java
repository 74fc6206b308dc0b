package io.pipewright.app;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;

/** Sees the plugins that are shipped, not those of other tests. */
final class ShippedPlugins extends ClassLoader {

    ShippedPlugins() {
        super(ShippedPlugins.class.getClassLoader());
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return Collections.enumeration(Collections.list(super.getResources(name)).stream()
                .filter(url -> !url.getPath().contains("/test-classes/"))
                .toList());
    }
}
