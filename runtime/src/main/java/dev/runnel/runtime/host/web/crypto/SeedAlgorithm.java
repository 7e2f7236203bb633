package dev.runnel.runtime.host.web.crypto;

import com.google.gson.JsonObject;
import dev.runnel.engine.HostError;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Algorithms whose private key is a string of random bytes: Edwards curves (RFC 8032), Montgomery
 * curves (RFC 7748), ML-DSA (FIPS 204) and ML-KEM (FIPS 203).
 */
enum SeedAlgorithm implements KeyFamily {
  ED25519("Ed25519", "2b6570", 32, 32),
  ED448("Ed448", "2b6571", 57, 57),
  X25519("X25519", "2b656e", 32, 32),
  X448("X448", "2b656f", 56, 56),
  ML_DSA_44("ML-DSA-44", "608648016503040311", 32, 1312),
  ML_DSA_65("ML-DSA-65", "608648016503040312", 32, 1952),
  ML_DSA_87("ML-DSA-87", "608648016503040313", 32, 2592),
  ML_KEM_512("ML-KEM-512", "608648016503040401", 64, 800),
  ML_KEM_768("ML-KEM-768", "608648016503040402", 64, 1184),
  ML_KEM_1024("ML-KEM-1024", "608648016503040403", 64, 1568);

  private static final int OBJECT_IDENTIFIER = 0x06;

  private final String label;
  private final byte[] algorithm;
  private final int seedBytes;
  private final int publicBytes;

  SeedAlgorithm(String label, String oid, int seedBytes, int publicBytes) {
    this.label = label;
    this.algorithm = Der.sequence(Der.value(OBJECT_IDENTIFIER, HexFormat.of().parseHex(oid)));
    this.seedBytes = seedBytes;
    this.publicBytes = publicBytes;
  }

  @Override
  public String label() {
    return label;
  }

  private boolean isLattice() {
    return label.startsWith("ML-");
  }

  KeyMaterial.Private generate(SecureRandom random) {
    byte[] seed = new byte[seedBytes];
    random.nextBytes(seed);
    return fromRawPrivate(seed);
  }

  @Override
  public byte[] algorithm() {
    return algorithm;
  }

  @Override
  public KeyMaterial.Public fromSpki(byte[] spki) {
    return fromRawPublic(EncodedKeys.fromSpki(algorithm, spki));
  }

  @Override
  public KeyMaterial.Private fromPkcs8(byte[] pkcs8) {
    byte[] inner = EncodedKeys.fromPkcs8(algorithm, pkcs8);
    var in = new Der.Reader(inner);
    if (!isLattice()) {
      byte[] seed = in.bytes(Der.OCTET_STRING);
      in.end();
      return fromRawPrivate(seed);
    }
    return fromSeedOrBoth(in);
  }

  /** RFC 9881 and 9935: a seed, an expanded key, or both. Seeds can't be had from expanded keys. */
  private KeyMaterial.Private fromSeedOrBoth(Der.Reader in) {
    if (in.isAt(Der.OCTET_STRING)) {
      throw HostError.dom(
          "NotSupportedError", "%s keys without their seed are not supported.", label);
    }
    if (in.isAt(Der.PRIMITIVE)) {
      byte[] seed = in.bytes(Der.PRIMITIVE);
      in.end();
      return fromRawPrivate(seed);
    }
    Der.Reader both = in.sequence();
    in.end();
    KeyMaterial.Private key = fromRawPrivate(both.bytes(Der.OCTET_STRING));
    byte[] expanded = both.whole();
    both.end();
    if (!Arrays.equals(expanded, EncodedKeys.fromPkcs8(algorithm, key.key().getEncoded()))) {
      throw KeyFamily.invalid("The expanded key does not belong to the seed.");
    }
    return key;
  }

  @Override
  public KeyMaterial.Public fromRawPublic(byte[] raw) {
    if (raw.length != publicBytes) {
      throw wrongLength(raw.length, publicBytes);
    }
    try {
      PublicKey key =
          KeyFactory.getInstance(label)
              .generatePublic(new X509EncodedKeySpec(EncodedKeys.spki(algorithm, raw)));
      return new KeyMaterial.Public(this, key);
    } catch (GeneralSecurityException e) {
      throw KeyFamily.invalid("The key data is not a public key of %s.".formatted(label));
    }
  }

  /** The JDK makes a key pair of the random bytes it is given: here, of the seed. */
  @Override
  public KeyMaterial.Private fromRawPrivate(byte[] raw) {
    if (raw.length != seedBytes) {
      throw wrongLength(raw.length, seedBytes);
    }
    try {
      var generator = KeyPairGenerator.getInstance(label);
      generator.initialize(new NamedParameterSpec(label), new GivenBytes(raw));
      KeyPair pair = generator.generateKeyPair();
      return new KeyMaterial.Private(this, pair.getPrivate(), pair.getPublic(), raw);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK lacks " + label, e);
    }
  }

  /** Hands out the bytes of a seed in order. */
  private static final class GivenBytes extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] bytes;
    private int at;

    GivenBytes(byte[] bytes) {
      super(null, null);
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, at, target, 0, target.length);
      at += target.length;
    }
  }

  /** RFC 8037: OKP; RFC 9964: AKP. */
  @Override
  public KeyMaterial fromJwk(JsonObject jwk) {
    KeyMaterial.Public publicKey = fromRawPublic(KeyFamily.bytes(jwk, publicMember()));
    if (!jwk.has(privateMember())) {
      return publicKey;
    }
    KeyMaterial.Private key = fromRawPrivate(KeyFamily.bytes(jwk, privateMember()));
    if (!Arrays.equals(toRaw(publicKey), toRaw(key.toPublic()))) {
      throw KeyFamily.invalid("The JWK's public key does not belong to its private key.");
    }
    return key;
  }

  private String publicMember() {
    return isLattice() ? "pub" : "x";
  }

  private String privateMember() {
    return isLattice() ? "priv" : "d";
  }

  @Override
  public byte[] toSpki(KeyMaterial.Public key) {
    return EncodedKeys.spki(algorithm, toRaw(key));
  }

  @Override
  public byte[] toPkcs8(KeyMaterial.Private key) {
    int tag = isLattice() ? Der.PRIMITIVE : Der.OCTET_STRING;
    return EncodedKeys.pkcs8(algorithm, Der.value(tag, key.octets()));
  }

  @Override
  public byte[] toRaw(KeyMaterial.Public key) {
    return EncodedKeys.fromSpki(algorithm, key.key().getEncoded());
  }

  @Override
  public JsonObject toJwk(KeyMaterial key) {
    var jwk = new JsonObject();
    jwk.addProperty("kty", isLattice() ? "AKP" : "OKP");
    jwk.addProperty(isLattice() ? "alg" : "crv", label);
    switch (key) {
      case KeyMaterial.Public publicKey -> addPublic(jwk, publicKey);
      case KeyMaterial.Private privateKey -> {
        addPublic(jwk, privateKey.toPublic());
        jwk.addProperty(privateMember(), KeyFamily.base64Url(privateKey.octets()));
      }
      case KeyMaterial.Secret _ -> throw new IllegalStateException(label + " has no secret keys.");
    }
    return jwk;
  }

  private void addPublic(JsonObject jwk, KeyMaterial.Public key) {
    jwk.addProperty(publicMember(), KeyFamily.base64Url(toRaw(key)));
  }

  private HostError wrongLength(int given, int expected) {
    return KeyFamily.invalid(
        "The key data has %d bytes where %s has %d.".formatted(given, label, expected));
  }
}
