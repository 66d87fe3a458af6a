package switchboard.load;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import switchboard.storage.Cassandra;
import switchboard.storage.Contact;

/** The least that a durable event costs: a sharded actor that writes bytes with the program's journal settings, no more. */
public final class BareLoop implements AutoCloseable {

    record Append(ActorRef<Done> replyTo) {}

    private static final EntityTypeKey<Append> KEY = EntityTypeKey.create(Append.class, "Bare");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ActorSystem<Void> system;
    private final ClusterSharding sharding;

    /** In the keyspace {@code bare} of the node at {@code port}; each event has {@code bytes}. */
    public BareLoop(int port, int bytes) {
        var event = new byte[bytes];
        new Random(1).nextBytes(event);
        var contact = Contact.local(port, "bare");
        var config = contact.config().withFallback(ConfigFactory.load());
        Cassandra.connect(contact, config, Cassandra.Making.MAKE, 1, PATIENCE).close();
        system = ActorSystem.create(Behaviors.empty(), "bare", config);
        var cluster = Cluster.get(system);
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        sharding = ClusterSharding.get(system);
        sharding.init(Entity.of(KEY, context -> new Writer(context.getEntityId(), event)));
    }

    /** {@code count} clients that write in {@code logs} logs each, by turns. */
    public List<Round.Client> clients(int count, int logs) {
        var clients = new ArrayList<Round.Client>();
        for (int i = 0; i < count; i++) {
            var refs = new ArrayList<EntityRef<Append>>();
            for (int log = 0; log < logs; log++) {
                refs.add(sharding.entityRefFor(KEY, i + "-" + log));
            }
            var turn = new int[1];
            clients.add(() -> {
                refs.get(turn[0]++ % logs)
                        .<Done>ask(Append::new, PATIENCE)
                        .toCompletableFuture()
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                return null;
            });
        }
        return clients;
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    private static final class Writer extends EventSourcedBehavior<Append, byte[], Long> {

        private final byte[] event;

        Writer(String id, byte[] event) {
            super(PersistenceId.of(KEY.name(), id));
            this.event = event;
        }

        @Override
        public Long emptyState() {
            return 0L;
        }

        @Override
        public CommandHandler<Append, byte[], Long> commandHandler() {
            return (_, append) -> Effect().persist(event).thenReply(append.replyTo, _ -> Done.getInstance());
        }

        @Override
        public EventHandler<Long, byte[]> eventHandler() {
            return (events, _) -> events + 1;
        }
    }
}
