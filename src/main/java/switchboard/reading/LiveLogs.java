package switchboard.reading;

import java.util.Optional;
import java.util.function.Function;
import switchboard.audit.Reads;
import switchboard.history.Live;
import switchboard.http.Conversations;
import switchboard.http.Gate.Caller;
import switchboard.log.Keyring;
import switchboard.request.Fault;
import switchboard.sse.Streams;

/**
 * What every stream of logs is made of.
 *
 * @param still why a caller may see nothing any more
 */
public record LiveLogs(
        Streams streams,
        Conversations conversations,
        StreamRoutes.Rows rows,
        Keyring keyring,
        Reads reads,
        Live.Pace pace,
        Live.Counts counts,
        Function<Caller, Optional<Fault>> still) {}
