package switchboard.beside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import switchboard.program.Command;

/**
 * A PostgreSQL of its own in a folder of its own, which nobody reaches but through a socket in there; it is stopped and deleted when it is
 * closed. As Debian sets it up, which is durable.
 */
public final class Postgres implements AutoCloseable {

    /** What it is made of and as whom it runs: root it refuses. */
    public record Installed(Path programs, List<String> as, String owner) {

        public Installed {
            as = List.copyOf(as);
        }
    }

    private static final List<String> PROGRAMS = List.of("initdb", "pg_ctl", "postgres", "psql", "pgbench");
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final Command COMMAND =
            new Command(Map.of("LC_ALL", "C", "PGUSER", "bench", "PGDATABASE", "postgres"));
    private static final Pattern RATE = Pattern.compile("(?m)^tps = ([0-9.]+) \\(without initial connection time\\)$");
    private static final Pattern FAILED = Pattern.compile("(?m)^number of failed transactions: ([0-9]+)");

    private static final String TABLE = """
            CREATE TABLE event (id bigserial PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(), conversation text NOT NULL,
              text text NOT NULL)""";
    private static final String INSERT = """
            \\set conversation random(1, 10000)
            INSERT INTO event (conversation, text) VALUES (:conversation, :text);
            """;

    private final Installed installed;
    private final Path folder;
    private final Thread atExit = new Thread(this::stop);

    /** Empty where its programs, or somebody other than root to run them, are missing. */
    public static Optional<Installed> installed() {
        return folders()
                .filter(folder -> PROGRAMS.stream().allMatch(name -> Files.isExecutable(folder.resolve(name))))
                .findFirst()
                .flatMap(Postgres::installed);
    }

    private static Optional<Installed> installed(Path programs) {
        if (!COMMAND.run("id", "-u").equals("0")) {
            return Optional.of(new Installed(programs, List.of(), ""));
        }
        return Stream.of("postgres", "nobody")
                .filter(name -> Command.there("setpriv"))
                .filter(name -> COMMAND.tried(List.of("id", name)).code() == 0)
                .findFirst()
                .map(name -> {
                    var user = COMMAND.run("id", "-u", name);
                    var group = COMMAND.run("id", "-g", name);
                    var as = List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups");
                    return new Installed(programs, as, user + ":" + group);
                });
    }

    private static Stream<Path> folders() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":", -1)).map(Path::of), versions());
    }

    /** Of Debian, the newest first. */
    private static Stream<Path> versions() {
        if (!Files.isDirectory(DEBIAN)) {
            return Stream.empty();
        }
        try (var versions = Files.list(DEBIAN)) {
            return versions
                    .sorted(Comparator.comparing(Path::toString).reversed())
                    .map(it -> it.resolve("bin"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new IllegalStateException(DEBIAN + " cannot be read", e);
        }
    }

    /** Running, with a table for events. */
    public static Postgres start(Installed installed) throws IOException {
        var it = new Postgres(installed);
        try {
            it.start();
            return it;
        } catch (IOException | RuntimeException e) {
            it.close();
            throw e;
        }
    }

    private Postgres(Installed installed) throws IOException {
        this.installed = installed;
        this.folder = Files.createTempDirectory("bench-pg");
    }

    private void start() throws IOException {
        if (!installed.owner.isEmpty()) {
            COMMAND.run("chown", installed.owner, folder.toString());
        }
        program("initdb", "--pgdata=" + data(), "--username=bench", "--auth=trust", "--encoding=UTF8", "--no-locale");
        Files.writeString(data().resolve("postgresql.conf"), """
                listen_addresses = ''
                unix_socket_directories = '%s'
                """.formatted(folder), StandardOpenOption.APPEND);
        Runtime.getRuntime().addShutdownHook(atExit);
        program("pg_ctl", "--pgdata=" + data(), "--log=" + folder.resolve("log"), "--wait", "start");
        ask(TABLE);
        Files.writeString(folder.resolve("insert.sql"), INSERT);
    }

    /** {@code clients} insert {@code text} for so long, each row a transaction of its own; how many a second were committed. */
    public double insertsPerSecond(int clients, String text, Duration time) {
        var command =
                new ArrayList<>(List.of(installed.programs.resolve("pgbench").toString()));
        command.addAll(List.of("--host=" + folder, "--no-vacuum", "--protocol=prepared", "--jobs=2"));
        command.addAll(List.of("--client=" + clients, "--time=" + time.toSeconds(), "--define=text=" + text));
        command.add("--file=" + folder.resolve("insert.sql"));
        return rate(COMMAND.run(command.toArray(String[]::new)));
    }

    /** What pgbench says; fails where transactions did. */
    static double rate(String said) {
        var failed = FAILED.matcher(said);
        if (failed.find() && !failed.group(1).equals("0")) {
            throw new IllegalStateException("transactions failed:\n" + said);
        }
        var rate = RATE.matcher(said);
        if (!rate.find()) {
            throw new IllegalStateException("no rate in:\n" + said);
        }
        return Double.parseDouble(rate.group(1));
    }

    /** What it answers, without a header, one row a line. */
    public String ask(String sql) {
        return COMMAND.run(
                installed.programs.resolve("psql").toString(),
                "--host=" + folder,
                "--no-psqlrc",
                "--quiet",
                "--no-align",
                "--tuples-only",
                "--set=ON_ERROR_STOP=1",
                "--command=" + sql);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void program(String name, String... arguments) {
        var command = new ArrayList<>(installed.as);
        command.add(installed.programs.resolve(name).toString());
        command.addAll(List.of(arguments));
        COMMAND.run(command.toArray(String[]::new));
    }

    /** By the pid that it has left in its folder. */
    private void stop() {
        if (Files.exists(data().resolve("postmaster.pid"))) {
            program("pg_ctl", "--pgdata=" + data(), "--mode=fast", "--wait", "stop");
        }
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(atExit);
        stop();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
