package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Chat.Card;
import dev.flowir.object.ObjectCall;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.StoredKey;
import java.util.Optional;

/** What a person likes, and what was found for each trip. */
final class Profile {

    static final ObjectCall<Profile, String, String> LIKES =
            ObjectCall.of("likes", String.class, String.class, (profile, none) -> profile.likes());
    static final ObjectCall<Profile, Card, Boolean> KEEP =
            ObjectCall.of("keep", Card.class, Boolean.class, Profile::keep);

    static final ObjectClass<Profile> CLASS =
            ObjectClass.of("profile", Profile::new)
                    .calls(LIKES, KEEP)
                    .keeps(StoredKey.of("likes", String.class), StoredKey.of("card", Card.class));

    private static final StoredKey<String> SAID = StoredKey.of("likes", String.class);

    private final ObjectContext self;

    Profile(ObjectContext self) {
        this.self = self;
    }

    String likes() {
        return self.storage().get(SAID).orElse("short and cheap");
    }

    boolean keep(Card card) {
        self.storage().put(at(card.id()), card);
        return true;
    }

    Optional<Card> kept(String id) {
        return self.storage().get(at(id));
    }

    private static StoredKey<Card> at(String id) {
        return StoredKey.of("card/" + id, Card.class);
    }
}
