package io.pipewright.stages.tls;

/** How a file of trusted certificates is written. */
public enum StoreType {
    PKCS12,
    JKS,
    PEM
}
