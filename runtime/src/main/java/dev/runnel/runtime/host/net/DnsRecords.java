package dev.runnel.runtime.host.net;

import com.google.gson.JsonArray;
import dev.runnel.engine.HostError;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.stream.Collectors;
import javax.naming.CommunicationException;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.ServiceUnavailableException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/** Asks name servers for records, with the JDK's own resolver. Blocks. */
final class DnsRecords {
  private static final String MILLISECONDS = "2000";
  private static final String RETRIES = "2";
  private static final int USUAL_PORT = 53;
  private static final int LONGEST_NAME = 253;

  private DnsRecords() {}

  /**
   * @param servers whom to ask; those of this machine when there are none
   * @return JSON: an array of the records as text
   */
  static String of(String name, String type, List<InetSocketAddress> servers) {
    var environment = new Hashtable<String, String>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put(
        Context.PROVIDER_URL,
        servers.isEmpty()
            ? "dns:"
            : servers.stream()
                .map(server -> "dns://%s:%d".formatted(literal(server), server.getPort()))
                .collect(Collectors.joining(" ")));
    environment.put("com.sun.jndi.dns.timeout.initial", MILLISECONDS);
    environment.put("com.sun.jndi.dns.timeout.retries", RETRIES);
    try {
      var context = new InitialDirContext(environment);
      try {
        return texts(context.getAttributes(name, new String[] {type}).get(type), name);
      } finally {
        context.close();
      }
    } catch (NamingException e) {
      throw failed(e);
    }
  }

  /** What JNDI would take apart, a slash or an escape, is no name. */
  static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_NAME
        && text.chars()
            .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0));
  }

  /** Servers as the program names them: 1.1.1.1, 1.1.1.1:5353, [::1]:53; separated by commas. */
  static List<InetSocketAddress> servers(String list) {
    return Arrays.stream(list.split(","))
        .filter(one -> !one.isEmpty())
        .map(DnsRecords::server)
        .toList();
  }

  private static InetSocketAddress server(String text) {
    int colon = text.lastIndexOf(':');
    boolean hasPort =
        text.startsWith("[") ? !text.endsWith("]") : colon == text.indexOf(':') && colon >= 0;
    String address = hasPort ? text.substring(0, colon) : text;
    try {
      int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : USUAL_PORT;
      return new InetSocketAddress(InetAddress.ofLiteral(address.replaceAll("[\\[\\]]", "")), port);
    } catch (IllegalArgumentException e) {
      throw HostError.type("ERR_INVALID_IP_ADDRESS", "Invalid IP address: %s", text);
    }
  }

  private static String literal(InetSocketAddress server) {
    String address = server.getAddress().getHostAddress();
    return address.contains(":") ? "[" + address + "]" : address;
  }

  private static String texts(@Nullable Attribute records, String name) throws NamingException {
    if (records == null) {
      throw HostError.system("ENODATA", "%s has no such record", name);
    }
    var texts = new JsonArray();
    NamingEnumeration<?> all = records.getAll();
    while (all.hasMore()) {
      texts.add(String.valueOf(all.next()));
    }
    return texts.toString();
  }

  private static HostError failed(NamingException e) {
    String code =
        switch (e) {
          case NameNotFoundException _ -> "ENOTFOUND";
          case ServiceUnavailableException _ -> "ESERVFAIL";
          case CommunicationException _ -> "ETIMEOUT";
          default -> "EFORMERR";
        };
    return HostError.system(code, "%s", String.valueOf(e.getMessage()));
  }
}
