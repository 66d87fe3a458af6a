package switchboard.gateways;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import switchboard.http.Problems;
import switchboard.intake.Answer;
import switchboard.request.Fault;
import switchboard.request.Problem;
import switchboard.request.Problem.Flaw;

/**
 * One request's answers as NDJSON. They wait in memory until the body has been read, so each is kept small: of at most
 * 1,000 refused lines flaws are named, three each, with at most 128 characters of their pointers.
 */
final class BulkAnswers {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int NAMED_LINES = 1_000;
    private static final int NAMED_FLAWS = 3;
    private static final int POINTER = 128;

    @JsonInclude(Include.NON_EMPTY)
    private record Stored(int index, String id, int status, String conversation, long seq) {}

    @JsonInclude(Include.NON_EMPTY)
    private record Not(
            int index, String id, int status, @JsonInclude Problems.Body problem) {}

    private final Consumer<String> told;
    private int named;
    private volatile boolean brokeOff;

    /** {@code told}: of each line its refusal's code, empty when it was taken; not of a body that broke off. */
    BulkAnswers(Consumer<String> told) {
        this.told = told;
    }

    /** The body ended before it was whole: its sender is gone. */
    boolean brokeOff() {
        return brokeOff;
    }

    /** One line each, in order. */
    ByteString lines(List<Answer> answers) {
        var lines = new ByteArrayOutputStream(160 * answers.size());
        for (var answer : answers) {
            lines.writeBytes(json(line(answer)));
            lines.write('\n');
        }
        return ByteString.fromArrayUnsafe(lines.toByteArray());
    }

    private Object line(Answer answer) {
        return switch (answer) {
            case Answer.Stored it -> stored(it);
            case Answer.Refused it -> not(it, Problems.body(it.why()));
            case Answer.Faulty it -> not(it, bounded(it.why()));
        };
    }

    private Stored stored(Answer.Stored it) {
        told.accept("");
        return new Stored(it.index(), it.id(), 201, it.conversation(), it.seq());
    }

    private Not not(Answer answer, Problems.Body problem) {
        if (!brokeOff) {
            told.accept(problem.code());
        }
        return new Not(answer.index(), answer.id(), problem.status(), problem);
    }

    private Problems.Body bounded(Problem why) {
        brokeOff |= why.fault() == Fault.BAD_REQUEST;
        var problem = Problems.body(why);
        if (problem.errors().isEmpty()) {
            return problem;
        }
        var flaws = named++ < NAMED_LINES ? problem.errors().stream().limit(NAMED_FLAWS) : Stream.<Flaw>empty();
        return problem.with(flaws.map(BulkAnswers::bounded).toList());
    }

    private static Flaw bounded(Flaw flaw) {
        var pointer = flaw.pointer();
        return pointer.length() <= POINTER ? flaw : new Flaw(pointer.substring(0, POINTER), flaw.detail(), flaw.code());
    }

    private static byte[] json(Object line) {
        try {
            return JSON.writeValueAsBytes(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("our records have a JSON form", e);
        }
    }
}
