package dev.runnel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in {@code deploy/kubernetes} is what Kubernetes knows, and fits together. */
class KubernetesTest {
  private static final Path FOLDER = Path.of("..", "deploy", "kubernetes");
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  static List<Path> files() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void noFieldIsUnknown(Path file) throws Exception {
    Object loaded = YAML.unmarshal(Files.readString(file));

    assertThat(loaded).isInstanceOf(HasMetadata.class);
    assertThat(loaded.getClass().getSimpleName()).isNotEqualTo("GenericKubernetesResource");
    assertThat(unknown(loaded, loaded.getClass().getSimpleName())).isEmpty();
  }

  @Test
  void anUnknownFieldIsFound() throws Exception {
    String misspelt =
        Files.readString(FOLDER.resolve("deployment.yaml"))
            .replace("readOnlyRootFilesystem", "readonlyRootFilesystem");

    assertThat(unknown(YAML.unmarshal(misspelt), ""))
        .hasSize(1)
        .first()
        .asString()
        .endsWith("readonlyRootFilesystem");
  }

  @Test
  void thePartsNameEachOther() throws Exception {
    Deployment deployment = load("deployment.yaml", Deployment.class);
    Service service = load("service.yaml", Service.class);
    HTTPRoute route = load("httproute.yaml", HTTPRoute.class);
    Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();

    assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
    assertThat(service.getSpec().getSelector()).isEqualTo(labels);
    assertThat(load("pdb.yaml", PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels())
        .isEqualTo(labels);
    assertThat(
            load("hpa.yaml", HorizontalPodAutoscaler.class).getSpec().getScaleTargetRef().getName())
        .isEqualTo(deployment.getMetadata().getName());
    var backend = route.getSpec().getRules().getFirst().getBackendRefs().getFirst();
    assertThat(backend.getName()).isEqualTo(service.getMetadata().getName());
    assertThat(backend.getPort()).isEqualTo(service.getSpec().getPorts().getFirst().getPort());
    assertThat(service.getSpec().getPorts())
        .extracting(port -> port.getTargetPort().getStrVal())
        .containsExactly("http");
  }

  @Test
  void thePodHasNoRightsAndItsProbesAskTheAdminPort() throws Exception {
    PodSpec pod = load("deployment.yaml", Deployment.class).getSpec().getTemplate().getSpec();
    Container container = pod.getContainers().getFirst();

    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
    assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/healthz");
    assertThat(container.getReadinessProbe().getHttpGet().getPort().getStrVal()).isEqualTo("admin");
    assertThat(container.getArgs()).containsSubsequence("--listen", "0.0.0.0:8080");
    assertThat(container.getArgs()).containsSubsequence("--admin-port", "0.0.0.0:9090");
    assertThat(container.getPorts())
        .extracting(port -> port.getName() + " " + port.getContainerPort())
        .containsExactly("http 8080", "admin 9090");
    // --leave, five seconds each for requests and waitUntil, and some more.
    assertThat(pod.getTerminationGracePeriodSeconds()).isGreaterThan(10 + 5 + 5);
  }

  private static <T> T load(String name, Class<T> type) throws IOException {
    return type.cast(YAML.unmarshal(Files.readString(FOLDER.resolve(name))));
  }

  /** Every model keeps what it has no field for; this walks through all of them. */
  private static List<String> unknown(Object node, String path) throws Exception {
    List<String> found = new ArrayList<>();
    switch (node) {
      case null -> {}
      case Collection<?> list -> {
        for (Object each : list) {
          found.addAll(unknown(each, path));
        }
      }
      case Map<?, ?> map -> {
        for (var entry : map.entrySet()) {
          found.addAll(unknown(entry.getValue(), path + "." + entry.getKey()));
        }
      }
      default -> {
        if (node.getClass().getPackageName().startsWith("io.fabric8.kubernetes.api.model")) {
          found.addAll(unknownOf(node, path));
        }
      }
    }
    return found;
  }

  private static List<String> unknownOf(Object model, String path) throws Exception {
    List<String> found = new ArrayList<>();
    for (Method method : model.getClass().getMethods()) {
      if (!method.getName().startsWith("get") || method.getParameterCount() > 0) {
        continue;
      }
      Object value = method.invoke(model);
      if (method.getName().equals("getAdditionalProperties")) {
        ((Map<?, ?>) value).keySet().forEach(key -> found.add(path + "." + key));
      } else {
        found.addAll(unknown(value, path + "." + method.getName().substring(3)));
      }
    }
    return found;
  }
}
