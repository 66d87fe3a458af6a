package switchboard.starting;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;

/** A class path without folders, which no AOT cache takes. */
public final class Jars {

    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    /** {@code classPath} with each folder on it packed into a jar in {@code to}. */
    public static String packed(String classPath, Path to) throws IOException {
        var jars = new ArrayList<String>();
        for (var part : SEPARATOR.splitAsStream(classPath).toList()) {
            var path = Path.of(part);
            jars.add(Files.isDirectory(path) ? pack(path, to.resolve("packed-" + jars.size() + ".jar")) : part);
        }
        return String.join(File.pathSeparator, jars);
    }

    private static String pack(Path folder, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (var file : files(folder)) {
                out.putNextEntry(new JarEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar.toString();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private Jars() {}
}
