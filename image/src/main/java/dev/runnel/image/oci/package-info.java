/**
 * The vocabulary of the OCI image specification: names, digests, descriptors, manifests,
 * configurations.
 */
@NullMarked
package dev.runnel.image.oci;

import org.jspecify.annotations.NullMarked;
