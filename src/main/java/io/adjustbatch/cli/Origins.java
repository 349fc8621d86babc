package io.adjustbatch.cli;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/** Where a setting was set, in words. */
final class Origins {

    private Origins() {}

    /** For instance {@code config/application.yml, line 12} or {@code command line}. */
    static String words(ConfigurationProperty property) {
        Origin origin = property.getOrigin();
        if (origin instanceof PropertySourceOrigin wrapper && wrapper.getOrigin() != null) {
            origin = wrapper.getOrigin();
        }
        if (origin instanceof TextResourceOrigin text && text.getResource() != null && text.getLocation() != null) {
            return name(text.getResource()) + ", line " + (text.getLocation().getLine() + 1);
        }
        String words = String.valueOf(origin);
        return words.contains(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME) ? "command line" : words;
    }

    private static String name(Resource resource) {
        return resource instanceof ClassPathResource packaged
                ? "packaged " + packaged.getPath()
                : resource.getDescription().replaceAll("^.*\\[(file:)?(.*)].*$", "$2");
    }
}
