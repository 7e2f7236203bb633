package dev.runnel.runtime.host.web.crypto;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.runnel.engine.Arguments;
import dev.runnel.engine.HostModule;
import dev.runnel.engine.JsValue;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;

/**
 * Makes keys, gives them numbers, encodes them and lets them go.
 *
 * <p>Called on the isolate's thread.
 */
final class KeyFunctions {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int MAX_SECRET = 1 << 20;

  private final CryptoKeys keys;
  private final CryptoWork work;
  private final Runnable onKey;

  KeyFunctions(CryptoKeys keys, CryptoWork work, Runnable onKey) {
    this.keys = keys;
    this.work = work;
    this.onKey = onKey;
  }

  HostModule addTo(HostModule module) {
    return module
        .function("generateSecret", this::generateSecret)
        .function("importSecret", args -> add(new KeyMaterial.Secret(args.copyOfBytes(0, "key"))))
        .function("exportSecret", args -> JsValue.of(keys.secret(SubtleHost.id(args, 0)).clone()))
        .function("generateKey", this::generateKey)
        .function("generateRsa", this::generateRsa)
        .function("checkRsa", KeyFunctions::checkRsa)
        .function("importKey", this::importKey)
        .function("importJwk", this::importJwk)
        .function("exportKey", this::exportKey)
        .function("exportJwk", this::exportJwk)
        .function("publicKey", args -> add(CryptoKeys.publicKey(key(args))))
        .function("isPrivate", args -> JsValue.of(key(args) instanceof KeyMaterial.Private))
        .function("modulusLength", args -> JsValue.of(rsa(args).getModulus().bitLength()))
        .function("publicExponent", this::publicExponent)
        .function("free", this::free);
  }

  private JsValue add(KeyMaterial key) {
    onKey.run();
    return JsValue.of(keys.add(key));
  }

  private KeyMaterial key(Arguments args) {
    return keys.get(SubtleHost.id(args, 0));
  }

  private JsValue generateSecret(Arguments args) {
    byte[] bytes = new byte[args.integer(0, "length", 0, MAX_SECRET)];
    RANDOM.nextBytes(bytes);
    return add(new KeyMaterial.Secret(bytes));
  }

  private JsValue generateKey(Arguments args) {
    return add(
        switch (family(args)) {
          case EcCurve curve -> generated(curve);
          case SeedAlgorithm algorithm -> algorithm.generate(RANDOM);
          case RsaFamily _ -> throw new IllegalStateException("RSA keys come from generateRsa.");
        });
  }

  private static KeyMaterial generated(EcCurve curve) {
    try {
      return curve.generate();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK lacks " + curve.label(), e);
    }
  }

  private JsValue generateRsa(Arguments args) {
    onKey.run();
    RsaFamily.Size size = rsaSize(args);
    return work.later(args, () -> JsValue.of(keys.add(RsaFamily.RSA.generate(size))));
  }

  static RsaFamily.Size rsaSize(Arguments args) {
    return new RsaFamily.Size(
        args.wholeNumber(0, "modulusLength", 0, Long.MAX_VALUE),
        new BigInteger(1, args.copyOfBytes(1, "publicExponent")));
  }

  private static JsValue checkRsa(Arguments args) {
    rsaSize(args).check();
    return JsValue.UNDEFINED;
  }

  private JsValue importKey(Arguments args) {
    KeyFamily family = family(args);
    byte[] data = args.copyOfBytes(2, "keyData");
    return add(
        switch (args.string(1, "format")) {
          case "spki" -> family.fromSpki(data);
          case "pkcs8" -> family.fromPkcs8(data);
          case "raw" -> family.fromRawPublic(data);
          case "seed" -> family.fromRawPrivate(data);
          case String other -> throw unknownFormat(other);
        });
  }

  private JsValue importJwk(Arguments args) {
    JsonObject jwk = JsonParser.parseString(args.string(1, "jwk")).getAsJsonObject();
    return add(family(args).fromJwk(jwk));
  }

  private JsValue exportKey(Arguments args) {
    KeyMaterial key = key(args);
    return JsValue.of(
        switch (args.string(1, "format")) {
          case "spki" -> publicFamily(key).toSpki(CryptoKeys.publicKey(key));
          case "raw" -> publicFamily(key).toRaw(CryptoKeys.publicKey(key));
          case "pkcs8" -> publicFamily(key).toPkcs8(CryptoKeys.privateKey(key));
          case "seed" -> CryptoKeys.privateKey(key).octets().clone();
          case String other -> throw unknownFormat(other);
        });
  }

  private static KeyFamily publicFamily(KeyMaterial key) {
    return CryptoKeys.publicKey(key).family();
  }

  private JsValue exportJwk(Arguments args) {
    KeyMaterial key = key(args);
    return JsValue.of(publicFamily(key).toJwk(key).toString());
  }

  private JsValue publicExponent(Arguments args) {
    return JsValue.of(RsaFamily.unsigned(rsa(args).getPublicExponent()));
  }

  private RSAPublicKey rsa(Arguments args) {
    return (RSAPublicKey) CryptoKeys.publicKey(key(args)).key();
  }

  private JsValue free(Arguments args) {
    keys.free(SubtleHost.id(args, 0));
    return JsValue.UNDEFINED;
  }

  private static KeyFamily family(Arguments args) {
    return KeyFamily.named(args.string(0, "family"));
  }

  private static IllegalStateException unknownFormat(String format) {
    return new IllegalStateException("There is no format called " + format);
  }
}
