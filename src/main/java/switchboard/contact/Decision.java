package switchboard.contact;

import java.util.List;
import java.util.Locale;
import switchboard.plan.Key;

/**
 * Why this agent: for the history, and for whoever asks later.
 *
 * @param version of the plan
 * @param step of the queue, from 0
 * @param asked what was asked for in it
 * @param candidates how many agents could have had it
 * @param runnerUp who would have had it otherwise; empty: nobody else could
 * @param lost in what the runner-up came second
 * @param excluded who was not asked, at most 8 of them
 */
public record Decision(
        long version,
        String queue,
        int step,
        String asked,
        Key key,
        Item.Pin pin,
        int candidates,
        String winner,
        String runnerUp,
        Lost lost,
        List<Item.Exclusion> excluded) {

    private static final int NAMED = 8;

    public Decision {
        excluded = excluded.size() <= NAMED ? List.copyOf(excluded) : List.copyOf(excluded.subList(0, NAMED));
    }

    /** In the order of comparison. */
    public enum Lost {
        /** There was no runner-up. */
        ALONE,
        PROFICIENCY,
        /** Has more skills, languages and queues: is kept for what only he can do. */
        FLEXIBILITY,
        /** Of what else he can do, fewer of those who are free have the rarest: he would be missed more. */
        SCARCITY,
        /** Has been free for less long, or has work. */
        IDLE,
        /** Equal in all; the first by id. */
        ID;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Canonical, some 200 bytes. Ids and names need no escape: they come from our own alphabets. */
    public String json() {
        var json = new StringBuilder(256)
                .append("{\"plan\":")
                .append(version)
                .append(",\"queue\":\"")
                .append(queue)
                .append("\",\"step\":")
                .append(step)
                .append(",\"asked\":\"")
                .append(asked)
                .append("\",\"key\":{\"entered\":\"")
                .append(key.enteredAt())
                .append("\",\"boost\":\"")
                .append(key.boost())
                .append("\",\"target\":\"")
                .append(key.target())
                .append("\"}");
        if (!pin.agent().isEmpty()) {
            json.append(",\"pin\":\"").append(pin.named() ? "named" : "last").append('"');
        }
        json.append(",\"candidates\":")
                .append(candidates)
                .append(",\"winner\":\"")
                .append(winner)
                .append('"');
        if (!runnerUp.isEmpty()) {
            json.append(",\"runnerUp\":\"")
                    .append(runnerUp)
                    .append("\",\"lost\":\"")
                    .append(lost.code())
                    .append('"');
        }
        return excluded(json).append('}').toString();
    }

    private StringBuilder excluded(StringBuilder json) {
        var mark = ",\"excluded\":[";
        for (var one : excluded) {
            json.append(mark)
                    .append("{\"agent\":\"")
                    .append(one.agent())
                    .append("\",\"why\":\"")
                    .append(one.reason().name().toLowerCase(Locale.ROOT))
                    .append("\"}");
            mark = ",";
        }
        return excluded.isEmpty() ? json : json.append(']');
    }

    /** 64 bits over a sequence of outputs. Against accidents, not against forgers: those meet the log's chain. */
    public static final class Fingerprint {

        private long value = 0x5b1c_e7a3_0d94_f286L;

        public long value() {
            return value;
        }

        public void add(List<Output> outputs) {
            for (int i = 0; i < outputs.size(); i++) {
                add(outputs.get(i));
            }
            add(outputs.size());
        }

        private void add(Output output) {
            switch (output) {
                case Output.Proposal it -> {
                    add(1, it.item(), it.epoch());
                    add(it.agent());
                    add(it.deadline().toEpochMilli());
                    add(it.cost().pool().name());
                    add(it.cost().units());
                    add(it.decision());
                }
                case Output.Overflowed it -> {
                    add(2, it.item(), it.epoch());
                    add(it.to());
                }
                case Output.Unanswered it -> {
                    add(3, it.item(), it.epoch());
                    add(it.agent());
                }
                case Output.Ignored it -> {
                    add(4, it.item(), it.epoch());
                    add(it.reason().name());
                }
            }
        }

        private void add(Decision decision) {
            add(decision.version());
            add(decision.step());
            add(decision.asked());
            add(decision.candidates());
            add(decision.runnerUp());
            add(decision.lost().name());
            for (var exclusion : decision.excluded()) {
                add(exclusion.agent());
            }
        }

        private void add(int kind, String item, long epoch) {
            add(kind);
            add(item);
            add(epoch);
        }

        /** A string's hash is part of Java's specification and the same everywhere. */
        private void add(String text) {
            add(text.hashCode());
        }

        private void add(long number) {
            value = Long.rotateLeft(value ^ number, 27) * 0x9e37_79b9_7f4a_7c15L;
        }
    }
}
