package dev.runnel.runtime.host.web.crypto;

import com.google.gson.JsonObject;
import dev.runnel.engine.HostError;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;

/** RSA keys with two primes (RFC 8017), for all of RSA's schemes. */
enum RsaFamily implements KeyFamily {
  RSA;

  /** Larger keys take a processor for longer than one request may. */
  static final int MAX_BITS = 8192;

  static final int MAX_GENERATED_BITS = 4096;
  static final int MIN_BITS = 512;

  /** Larger ones the JDK refuses for keys of more than 3072 bits. */
  private static final int MAX_EXPONENT_BITS = 64;

  private static final byte[] NO_OCTETS = {};

  /** rsaEncryption, 1.2.840.113549.1.1.1, whose parameters are NULL. */
  private static final byte[] ALGORITHM = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  @Override
  public String label() {
    return "RSA";
  }

  @Override
  public byte[] algorithm() {
    return ALGORITHM.clone();
  }

  /** What an RSA key is generated of. */
  record Size(long bits, BigInteger exponent) {
    void check() {
      if (bits < MIN_BITS || bits > MAX_GENERATED_BITS) {
        throw HostError.dom(
            "OperationError",
            "RSA keys are generated with %d to %d bits; %d were asked for.",
            MIN_BITS,
            MAX_GENERATED_BITS,
            bits);
      }
      boolean fits =
          exponent.testBit(0)
              && exponent.compareTo(BigInteger.TWO) > 0
              && exponent.bitLength() <= MAX_EXPONENT_BITS;
      if (!fits) {
        throw HostError.dom(
            "OperationError",
            "RSA keys are generated with odd exponents of 2 to %d bits.",
            MAX_EXPONENT_BITS);
      }
    }
  }

  /** Takes up to seconds. */
  KeyMaterial.Private generate(Size size) {
    size.check();
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(new RSAKeyGenParameterSpec((int) size.bits(), size.exponent()));
      KeyPair pair = generator.generateKeyPair();
      return new KeyMaterial.Private(this, pair.getPrivate(), pair.getPublic(), NO_OCTETS);
    } catch (GeneralSecurityException e) {
      throw HostError.dom("OperationError", "No RSA key has the parameters %s.", size);
    }
  }

  @Override
  public KeyMaterial.Public fromSpki(byte[] spki) {
    try {
      return publicKey(factory().generatePublic(new X509EncodedKeySpec(spki)));
    } catch (GeneralSecurityException e) {
      throw KeyFamily.invalid("The key data is not the SPKI encoding of an RSA key.");
    }
  }

  @Override
  public KeyMaterial.Private fromPkcs8(byte[] pkcs8) {
    try {
      if (factory().generatePrivate(new PKCS8EncodedKeySpec(pkcs8))
          instanceof RSAPrivateCrtKey key) {
        return privateKey(key);
      }
    } catch (GeneralSecurityException e) {
      throw KeyFamily.invalid("The key data is not the PKCS #8 encoding of an RSA key.");
    }
    throw KeyFamily.invalid("The RSA key lacks its primes.");
  }

  @Override
  public KeyMaterial.Public fromRawPublic(byte[] raw) {
    throw noRaw();
  }

  @Override
  public KeyMaterial.Private fromRawPrivate(byte[] raw) {
    throw noRaw();
  }

  /** RFC 7518, section 6.3. */
  @Override
  public KeyMaterial fromJwk(JsonObject jwk) {
    BigInteger modulus = KeyFamily.number(jwk, "n");
    BigInteger exponent = KeyFamily.number(jwk, "e");
    try {
      return jwk.has("d")
          ? privateKey(
              (RSAPrivateCrtKey) factory().generatePrivate(crtSpec(jwk, modulus, exponent)))
          : publicKey(factory().generatePublic(new RSAPublicKeySpec(modulus, exponent)));
    } catch (GeneralSecurityException e) {
      throw KeyFamily.invalid("The JWK is not an RSA key.");
    }
  }

  private static RSAPrivateCrtKeySpec crtSpec(JsonObject jwk, BigInteger n, BigInteger e) {
    return new RSAPrivateCrtKeySpec(
        n,
        e,
        KeyFamily.number(jwk, "d"),
        KeyFamily.number(jwk, "p"),
        KeyFamily.number(jwk, "q"),
        KeyFamily.number(jwk, "dp"),
        KeyFamily.number(jwk, "dq"),
        KeyFamily.number(jwk, "qi"));
  }

  private KeyMaterial.Public publicKey(PublicKey key) {
    requireSize(((RSAPublicKey) key).getModulus());
    return new KeyMaterial.Public(this, key);
  }

  /** The JDK takes any numbers; a key that isn't consistent would leak its primes in signatures. */
  private KeyMaterial.Private privateKey(RSAPrivateCrtKey key) throws GeneralSecurityException {
    requireSize(key.getModulus());
    BigInteger p = key.getPrimeP();
    BigInteger q = key.getPrimeQ();
    boolean fits =
        isShort(p, q, key.getPrimeExponentP(), key.getPrimeExponentQ(), key.getCrtCoefficient())
            && p.multiply(q).equals(key.getModulus())
            && isInverse(key.getPublicExponent(), key.getPrimeExponentP(), p)
            && isInverse(key.getPublicExponent(), key.getPrimeExponentQ(), q)
            && key.getCrtCoefficient().multiply(q).mod(p).equals(BigInteger.ONE);
    if (!fits) {
      throw KeyFamily.invalid("The numbers of the RSA key do not fit together.");
    }
    PublicKey publicKey =
        factory().generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    return new KeyMaterial.Private(this, key, publicKey, NO_OCTETS);
  }

  /** Before anything is multiplied, which takes long when numbers are huge. */
  private static boolean isShort(BigInteger... numbers) {
    return Stream.of(numbers)
        .allMatch(number -> number.signum() > 0 && number.bitLength() <= MAX_BITS);
  }

  private static boolean isInverse(BigInteger exponent, BigInteger inverse, BigInteger prime) {
    BigInteger order = prime.subtract(BigInteger.ONE);
    return order.signum() > 0 && exponent.multiply(inverse).mod(order).equals(BigInteger.ONE);
  }

  private static void requireSize(BigInteger modulus) {
    if (modulus.bitLength() > MAX_BITS) {
      throw KeyFamily.invalid(
          "RSA keys may have up to %d bits, this one has %d."
              .formatted(MAX_BITS, modulus.bitLength()));
    }
  }

  @Override
  public byte[] toSpki(KeyMaterial.Public key) {
    return key.key().getEncoded();
  }

  @Override
  public byte[] toPkcs8(KeyMaterial.Private key) {
    return key.key().getEncoded();
  }

  @Override
  public byte[] toRaw(KeyMaterial.Public key) {
    throw noRaw();
  }

  @Override
  public JsonObject toJwk(KeyMaterial key) {
    var jwk = new JsonObject();
    jwk.addProperty("kty", "RSA");
    switch (key) {
      case KeyMaterial.Public(_, var publicKey) -> addPublic(jwk, (RSAPublicKey) publicKey);
      case KeyMaterial.Private(_, var privateKey, var publicKey, _) -> {
        addPublic(jwk, (RSAPublicKey) publicKey);
        addPrivate(jwk, (RSAPrivateCrtKey) privateKey);
      }
      case KeyMaterial.Secret _ -> throw new IllegalStateException("RSA has no secret keys.");
    }
    return jwk;
  }

  private static void addPublic(JsonObject jwk, RSAPublicKey key) {
    add(jwk, "n", key.getModulus());
    add(jwk, "e", key.getPublicExponent());
  }

  private static void addPrivate(JsonObject jwk, RSAPrivateCrtKey key) {
    add(jwk, "d", key.getPrivateExponent());
    add(jwk, "p", key.getPrimeP());
    add(jwk, "q", key.getPrimeQ());
    add(jwk, "dp", key.getPrimeExponentP());
    add(jwk, "dq", key.getPrimeExponentQ());
    add(jwk, "qi", key.getCrtCoefficient());
  }

  private static void add(JsonObject jwk, String member, BigInteger number) {
    jwk.addProperty(member, KeyFamily.base64Url(unsigned(number)));
  }

  /** Big-endian, without leading zeros. */
  static byte[] unsigned(BigInteger number) {
    byte[] signed = number.toByteArray();
    return signed.length > 1 && signed[0] == 0
        ? Arrays.copyOfRange(signed, 1, signed.length)
        : signed;
  }

  private static KeyFactory factory() throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA");
  }

  private static HostError noRaw() {
    return HostError.dom("NotSupportedError", "RSA keys have no raw format.");
  }
}
