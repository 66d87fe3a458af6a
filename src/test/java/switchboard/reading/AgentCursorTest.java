package switchboard.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From where an agent's stream goes on. */
class AgentCursorTest extends AgentStreamFixture {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_cursor_resumes_in_the_header_and_in_the_address(boolean inHeader) throws Exception {
        assigned();
        var reader = reads();
        reader.next();
        reader.next();
        var cursor = id(reader.next());
        reader.close();
        own.write("presence.changed", Map.of("by", "ana", "presence", "busy"));

        var again = inHeader ? reads(ANA, Optional.of(cursor)) : reads(ANA + "?after=" + cursor, Optional.empty());

        var seen = List.of(again.next(), again.next());
        assertThat(seen).anyMatch(it -> it.contains("event: message.received\n"));
        assertThat(seen).anyMatch(it -> it.contains("event: presence.changed\n"));
        assertThat(edge.counts.resumed().sum()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "x", "1.1.00000000000000000000000000000000", "", "1.zz"})
    void a_cursor_that_was_never_given_begins_anew(String cursor) throws Exception {
        assigned();

        var reader = reads(ANA, Optional.of(cursor));

        assertThat(reader.next())
                .contains("event: reset\ndata: {\"code\":\"cursor_unknown\",\"snapshot\":[\"/v1/agents/ana\",");
        assertThat(reader.next()).contains("event: agent.assigned\n");
    }

    @Test
    void one_that_was_given_to_a_colleague_is_none_of_hers() throws Exception {
        own.write("presence.changed", Map.of("by", "ana", "presence", "busy"));

        assertThat(reads(ANA, Optional.of(cursor("ana", 1))).next()).contains("event: presence.changed");
        assertThat(reads(ANA, Optional.of(cursor("bo", 1))).next()).contains("\"code\":\"cursor_unknown\"");
    }

    @Test
    void one_that_is_further_than_her_log_begins_anew() throws Exception {
        assertThat(reads(ANA, Optional.of(cursor("ana", 2))).next()).contains("\"code\":\"cursor_unknown\"");
    }

    @Test
    void one_that_her_log_has_left_far_behind_begins_anew() throws Exception {
        own.with(1_001);

        assertThat(reads(ANA, Optional.of(cursor("ana", 1))).next()).contains("\"code\":\"cursor_too_old\"");
    }
}
