package dev.runnel.runtime.kv;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Base64;
import java.util.Optional;

/** A page of a list as {@code internal/kv.js} reads it, and the cursor that leads to the next. */
final class KvPages {
  private KvPages() {}

  static String json(KvStore.Page page) {
    var keys = new JsonArray();
    for (KvStore.Listed listed : page.keys()) {
      var key = new JsonObject();
      key.addProperty("name", new String(listed.key(), UTF_8));
      listed.facts().expiration().ifPresent(time -> key.addProperty("expiration", time));
      listed.facts().metadata().ifPresent(json -> key.addProperty("metadata", json));
      keys.add(key);
    }
    var result = new JsonObject();
    result.add("keys", keys);
    if (!page.complete()) {
      result.addProperty("cursor", cursor(page.keys().getLast().key()));
    }
    return result.toString();
  }

  private static String cursor(byte[] last) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(last);
  }

  static Optional<byte[]> after(String cursor) throws KvRefusal {
    try {
      return cursor.isEmpty()
          ? Optional.empty()
          : Optional.of(Base64.getUrlDecoder().decode(cursor));
    } catch (IllegalArgumentException e) {
      throw new KvRefusal(400, "Invalid cursor.");
    }
  }
}
