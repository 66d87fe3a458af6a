package switchboard;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import switchboard.security.ApiKey;
import switchboard.security.Keys;
import switchboard.vault.Vault;

/** All tenants that there are: those of the configured keys, and the local one in local mode. */
record Tenants(List<String> names) {

    Tenants {
        names = List.copyOf(names);
    }

    static Tenants of(Settings settings) {
        var configured = settings.keys().stream().map(ApiKey::tenant);
        return new Tenants(
                Stream.concat(settings.localKeys() ? Stream.of(Keys.LOCAL_TENANT) : Stream.empty(), configured)
                        .distinct()
                        .toList());
    }

    /** Of each of them, the key that signs such things. */
    Function<String, Optional<byte[]>> signing(Vault vault, String what) {
        return tenant ->
                names.contains(tenant) ? Optional.of(vault.tenant(tenant).derived(what)) : Optional.empty();
    }
}
