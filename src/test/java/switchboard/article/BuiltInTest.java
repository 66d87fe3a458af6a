package switchboard.article;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BuiltInTest {

    private static final int ENOUGH = 10;

    private final List<Article> articles = BuiltIn.articles();

    @Test
    void those_that_the_index_lists_are_read_in_its_order() {
        assertThat(BuiltIn.articles("/articles/"))
                .extracting(Article::id)
                .containsExactly("track-parcel-de", "track-parcel-en", "refund-de", "refund-en");
    }

    @Test
    void the_programs_own_are_sound_and_every_intent_is_asked_for_in_ten_ways_in_each_of_its_languages() {
        var asked = articles.stream()
                .collect(groupingBy(it -> it.intent() + " " + it.language(), mapping(Article::phrasings, toSet())));

        assertThat(asked)
                .allSatisfy((_, phrasings) -> assertThat(phrasings.stream()
                                .flatMap(List::stream)
                                .distinct()
                                .count())
                        .isGreaterThanOrEqualTo(ENOUGH));
    }

    @Test
    void the_programs_own_intents_have_german_and_english() {
        var languages = articles.stream().collect(groupingBy(Article::intent, mapping(Article::language, toSet())));

        assertThat(languages).allSatisfy((_, theirs) -> assertThat(theirs).isEqualTo(Set.of("de", "en")));
    }

    @Test
    void no_phrasing_of_the_programs_own_stands_under_two_intents() {
        var intents = articles.stream()
                .flatMap(it -> it.phrasings().stream().map(phrasing -> new Said(said(phrasing), it.intent())))
                .collect(groupingBy(Said::text, mapping(Said::intent, toSet())));

        assertThat(intents).allSatisfy((_, theirs) -> assertThat(theirs).hasSize(1));
    }

    private record Said(String text, String intent) {}

    private static String said(String phrasing) {
        return Stream.of(phrasing.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .reduce("", (a, b) -> a + " " + b);
    }
}
