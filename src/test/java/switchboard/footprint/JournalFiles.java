package switchboard.footprint;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The files of the journal's table, on the disk of an embedded Cassandra. */
public final class JournalFiles {

    private static final String KEYSPACE = "switchboard";
    private static final String TABLE = "messages";

    /** Has the Cassandra {@code pid} write all of it to disk and merge what is there into one file, as {@code nodetool} would. */
    @SuppressWarnings("BanJNDI") // to a process of our own, by an address that it gave
    public static void compact(long pid) throws Exception {
        var machine = VirtualMachine.attach(String.valueOf(pid));
        try (var connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
            var cassandra = connector.getMBeanServerConnection();
            invoke(cassandra, "forceKeyspaceFlush", new Object[] {KEYSPACE, new String[] {TABLE}});
            invoke(cassandra, "forceKeyspaceCompaction", new Object[] {false, KEYSPACE, new String[] {TABLE}});
        } finally {
            machine.detach();
        }
    }

    /** Bytes of each component ({@code Data.db}, {@code Index.db} …) of all that lies in the program's folder {@code data}. */
    public static SortedMap<String, Long> bytes(Path data) throws IOException {
        var bytes = new TreeMap<String, Long>();
        try (var files = Files.walk(data)) {
            for (var file : files.filter(JournalFiles::ofTable).toList()) {
                var name = file.getFileName().toString();
                bytes.merge(name.substring(name.lastIndexOf('-') + 1), Files.size(file), Long::sum);
            }
        }
        return bytes;
    }

    /** How many merged files there are; those that were merged go a moment later. */
    public static long count(Path data) throws IOException {
        try (var files = Files.walk(data)) {
            return files.filter(JournalFiles::ofTable)
                    .filter(file -> file.toString().endsWith("-Data.db"))
                    .count();
        }
    }

    private static boolean ofTable(Path file) {
        return file.toString().contains("/" + KEYSPACE + "/" + TABLE + "-")
                && Files.isRegularFile(file)
                && file.toString().endsWith(".db");
    }

    private static void invoke(MBeanServerConnection cassandra, String operation, Object[] arguments) throws Exception {
        var shape = new String[arguments.length];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = arguments[i] instanceof Boolean
                    ? boolean.class.getName()
                    : arguments[i].getClass().getName();
        }
        cassandra.invoke(new ObjectName("org.apache.cassandra.db:type=StorageService"), operation, arguments, shape);
    }

    private JournalFiles() {}
}
