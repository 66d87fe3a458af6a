package switchboard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;
import java.util.Map;

/** DESIGN's table of rooms: who may import whom. */
@AnalyzeClasses(packages = "switchboard", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    private static final Map<String, List<String>> ALLOWED = Map.ofEntries(
            Map.entry("wire", List.of()),
            Map.entry("cluster", List.of()),
            Map.entry("tls", List.of()),
            Map.entry("logging", List.of()),
            Map.entry("storage", List.of("tls")),
            Map.entry("log", List.of("storage")),
            Map.entry("security", List.of("storage")),
            Map.entry("vault", List.of("log", "storage")),
            Map.entry("journal", List.of("log", "storage")),
            Map.entry("scribe", List.of("log")),
            Map.entry("register", List.of("log", "scribe")),
            Map.entry("agent", List.of("log", "scribe")),
            Map.entry("handling", List.of("agent", "plan")),
            Map.entry("event", List.of("agent", "deciding", "handling", "log", "plan", "understanding")),
            Map.entry("conversation", List.of("agent", "deciding", "event", "handling", "log", "plan", "scribe")),
            Map.entry("audit", List.of("conversation", "journal", "log", "security")),
            Map.entry("plan", List.of()),
            Map.entry("planning", List.of("log", "plan", "register", "scribe")),
            Map.entry("contact", List.of("plan")),
            Map.entry("routing", List.of("contact", "plan")),
            Map.entry("simulation", List.of("contact", "plan", "routing")),
            Map.entry(
                    "dispatch",
                    List.of(
                            "agent",
                            "contact",
                            "conversation",
                            "event",
                            "handling",
                            "log",
                            "plan",
                            "routing",
                            "storage")),
            Map.entry("request", List.of()),
            Map.entry("encoding", List.of("language")),
            Map.entry("article", List.of("request")),
            Map.entry("retrieval", List.of("article")),
            Map.entry("language", List.of()),
            Map.entry("masking", List.of()),
            Map.entry("mood", List.of()),
            Map.entry("learning", List.of()),
            Map.entry("likeness", List.of("learning")),
            Map.entry("judgement", List.of("likeness")),
            Map.entry("understanding", List.of("judgement", "learning", "likeness", "masking")),
            Map.entry("versions", List.of("learning", "understanding")),
            Map.entry("serving", List.of("log", "register", "scribe", "versions")),
            Map.entry("knowledge", List.of("article", "log", "register", "request", "retrieval", "scribe")),
            Map.entry(
                    "evaluation", List.of("article", "encoding", "learning", "request", "retrieval", "understanding")),
            Map.entry("provision", List.of("article", "bot", "encoding", "understanding")),
            Map.entry("wording", List.of()),
            Map.entry("deciding", List.of("mood", "understanding", "wording")),
            Map.entry(
                    "bot",
                    List.of(
                            "article",
                            "conversation",
                            "deciding",
                            "encoding",
                            "event",
                            "language",
                            "learning",
                            "log",
                            "plan",
                            "retrieval",
                            "understanding",
                            "versions",
                            "wording")),
            Map.entry("invariants", List.of()),
            Map.entry("witness", List.of("invariants")),
            Map.entry("custody", List.of("invariants", "plan")),
            Map.entry("floor", List.of("custody", "invariants", "plan", "witness")),
            Map.entry("play", List.of("floor", "invariants", "witness")),
            Map.entry("intake", List.of("request")),
            Map.entry("history", List.of("conversation", "journal", "log", "scribe")),
            Map.entry("channel", List.of("conversation", "history", "journal", "log", "storage")),
            Map.entry("insight", List.of("agent", "conversation", "event", "journal", "log", "storage")),
            Map.entry("workspace", List.of("agent", "conversation", "history", "journal", "log", "scribe")),
            Map.entry("http", List.of("agent", "conversation", "request", "security")),
            Map.entry("sse", List.of("request", "security")),
            Map.entry(
                    "gateways",
                    List.of("channel", "conversation", "http", "intake", "log", "request", "security", "sse")),
            Map.entry(
                    "reading",
                    List.of(
                            "agent",
                            "audit",
                            "conversation",
                            "history",
                            "http",
                            "insight",
                            "journal",
                            "knowledge",
                            "log",
                            "planning",
                            "request",
                            "scribe",
                            "security",
                            "serving",
                            "sse",
                            "workspace")),
            Map.entry(
                    "desk",
                    List.of(
                            "agent",
                            "article",
                            "conversation",
                            "dispatch",
                            "history",
                            "http",
                            "intake",
                            "knowledge",
                            "log",
                            "plan",
                            "planning",
                            "request",
                            "retrieval",
                            "security",
                            "serving",
                            "sse",
                            "versions")),
            Map.entry(
                    "operations",
                    List.of(
                            "agent",
                            "audit",
                            "conversation",
                            "http",
                            "knowledge",
                            "log",
                            "planning",
                            "request",
                            "security",
                            "serving")));

    @ArchTest
    static final ArchRule a_room_opens_only_on_the_rooms_that_the_table_allows =
            CompositeArchRule.of(ALLOWED.entrySet().stream()
                    .<ArchRule>map(e -> classes()
                            .that(in(e.getKey()))
                            .should()
                            .onlyDependOnClassesThat(oursOutside(e.getKey(), e.getValue())))
                    .toList());

    @ArchTest
    static final ArchRule every_room_is_in_the_table =
            classes().that().resideInAPackage("switchboard..").should().resideInAnyPackage(rooms());

    @ArchTest
    static final ArchRule rooms_have_no_cycles =
            slices().matching("switchboard.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_the_edge_knows_http = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "switchboard",
                    "switchboard.http",
                    "switchboard.sse",
                    "switchboard.gateways",
                    "switchboard.reading",
                    "switchboard.desk",
                    "switchboard.operations",
                    "switchboard.request")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.pekko.http..");

    @ArchTest
    static final ArchRule a_state_stays_in_its_room = classes()
            .that()
            .haveSimpleNameEndingWith("State")
            .and()
            .areTopLevelClasses()
            .should()
            .bePackagePrivate();

    private static DescribedPredicate<JavaClass> in(String room) {
        return DescribedPredicate.describe(
                "are in " + room, c -> c.getPackageName().equals("switchboard." + room));
    }

    private static DescribedPredicate<JavaClass> oursOutside(String room, List<String> allowed) {
        return DescribedPredicate.describe(
                "are not ours, in wire, in " + room + " or in " + allowed,
                c -> !c.getPackageName().startsWith("switchboard")
                        || c.getPackageName().equals("switchboard.wire")
                        || c.getPackageName().equals("switchboard." + room)
                        || allowed.contains(c.getPackageName().replace("switchboard.", "")));
    }

    private static String[] rooms() {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("switchboard"),
                        ALLOWED.keySet().stream().map(r -> "switchboard." + r))
                .toArray(String[]::new);
    }
}
