package switchboard.cluster;

import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;

/** The members of this node's cluster. */
final class Peers implements Members {

    private static final Set<MemberStatus> GONE = Set.of(MemberStatus.down(), MemberStatus.removed());

    private final Cluster cluster;

    Peers(ActorSystem<?> system) {
        this.cluster = Cluster.get(system);
    }

    /** A node of one start. */
    static String address(UniqueAddress it) {
        return it.address() + "#" + it.longUid();
    }

    /** This node's. */
    String self() {
        return address(cluster.selfMember().uniqueAddress());
    }

    @Override
    public boolean has(String address) {
        var state = cluster.state();
        return StreamSupport.stream(state.getMembers().spliterator(), false)
                .anyMatch(it -> address(it.uniqueAddress()).equals(address)
                        && !GONE.contains(it.status())
                        && !state.getUnreachable().contains(it));
    }

    @Override
    public boolean knows(String address) {
        return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                .map(Member::uniqueAddress)
                .anyMatch(it -> address(it).equals(address));
    }

    @Override
    public void down(String address) {
        StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                .map(Member::uniqueAddress)
                .filter(it -> address(it).equals(address))
                .forEach(it -> cluster.manager().tell(Down.apply(it.address())));
    }
}
