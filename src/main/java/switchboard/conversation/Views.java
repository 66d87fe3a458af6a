package switchboard.conversation;

import java.time.Duration;
import java.time.Instant;
import switchboard.conversation.Conversation.View;
import switchboard.conversation.ConversationState.Status;

/** The state as others see it. */
final class Views {

    /** Of the conversation {@code id} at {@code at}. */
    static View view(String id, Book book, Instant at, Duration reopenWindow) {
        var state = book.state();
        var episode = state.episode();
        return new View(
                id,
                book.head().seq(),
                episode.channel(),
                status(state.status(), at, reopenWindow),
                episode.number(),
                state.agent(),
                state.epoch(),
                episode.language(),
                state.messages(),
                episode.openedAt(),
                state.at(),
                episode.sealed(),
                episode.seq());
    }

    private static String status(Status status, Instant at, Duration reopenWindow) {
        return switch (status) {
            case Status.New _, Status.WithBot _ -> "bot";
            case Status.WithAgent s -> s.held() ? "on_hold" : "assigned";
            case Status.WrapUp _ -> "wrap_up";
            case Status.Resolved s -> Decisions.closed(s, at, reopenWindow) ? "closed" : "resolved";
        };
    }

    private Views() {}
}
