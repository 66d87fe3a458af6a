package switchboard.versions;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A tenant's versions, the newest last, and which one is to serve. As text: {@code SWBV 1}, {@code serving HASH pinned} (or {@code
 * latest}), then a line {@code HASH AT TAUGHT LESSON} for each; of early ones without a lesson.
 *
 * @param serving hash; empty: none is to. Where it is not among {@code versions} the newest serves meanwhile
 * @param pinned whether it goes on serving when newer ones come
 */
record Catalog(List<Version> versions, String serving, boolean pinned) {

    static final Catalog EMPTY = new Catalog(List.of(), "", false);

    private static final String HEAD = "SWBV 1";
    private static final String HASH = "[0-9a-f]{64}";

    Catalog {
        versions = List.copyOf(versions);
    }

    Optional<Version> version(String hash) {
        return versions.stream().filter(version -> version.hash().equals(hash)).findFirst();
    }

    /** The newest one that was taught exactly this. */
    Optional<Version> taught(String taught) {
        return versions.reversed().stream()
                .filter(version -> version.taught().equals(taught))
                .findFirst();
    }

    /** The one that serves, or would if it could be read. */
    Optional<Version> serves() {
        return version(serving).or(() -> versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast()));
    }

    /** With a newer one, which serves unless another is pinned; at most {@code most} are kept, and the one that serves always. */
    Catalog with(Version version, int most) {
        var all = new ArrayList<>(versions);
        all.removeIf(one -> one.hash().equals(version.hash()));
        all.add(version);
        var now = pinned ? serving : version.hash();
        for (int i = 0; i < all.size() && all.size() > most; ) {
            if (all.get(i).hash().equals(now) || all.get(i).equals(version)) {
                i++;
            } else {
                all.remove(i);
            }
        }
        return new Catalog(all, now, pinned);
    }

    Catalog serving(String hash, boolean pin) {
        return new Catalog(versions, hash, pin);
    }

    String text() {
        var text = new StringBuilder(HEAD).append("\nserving ");
        text.append(serving.isEmpty() ? "-" : serving).append(pinned ? " pinned" : " latest");
        for (var version : versions) {
            text.append('\n')
                    .append(version.hash())
                    .append(' ')
                    .append(version.at())
                    .append(' ')
                    .append(version.taught())
                    .append(' ')
                    .append(version.lesson().text());
        }
        return text.append('\n').toString();
    }

    /** Empty where it is no catalog. */
    static Optional<Catalog> read(String text) {
        var lines = text.lines().toList();
        if (lines.size() < 2
                || !lines.getFirst().equals(HEAD)
                || !lines.get(1).matches("serving (-|" + HASH + ") (pinned|latest)")) {
            return Optional.empty();
        }
        var serving = lines.get(1).split(" ", -1);
        var versions = new ArrayList<Version>();
        for (var line : lines.subList(2, lines.size())) {
            var version = version(line.split(" ", 4));
            if (version.isEmpty()) {
                return Optional.empty();
            }
            versions.add(version.get());
        }
        return Optional.of(
                new Catalog(versions, serving[1].equals("-") ? "" : serving[1], serving[2].equals("pinned")));
    }

    private static Optional<Version> version(String... fields) {
        if (fields.length < 3 || !fields[0].matches(HASH) || !fields[2].matches(HASH)) {
            return Optional.empty();
        }
        var lesson = fields.length == 3 ? Optional.of(Lesson.UNKNOWN) : Lesson.read(fields[3]);
        try {
            var at = Instant.parse(fields[1]);
            return lesson.map(it -> new Version(fields[0], at, fields[2], it));
        } catch (DateTimeException e) {
            return Optional.empty(); // not ours: the same as none
        }
    }
}
