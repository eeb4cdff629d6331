package io.ordinal.node.machine;

/// How one logical node is connected.
///
/// @param node its name
/// @param bridge the interface that its pods hang on
/// @param podCidr where its pods' addresses come from
/// @param gateway the bridge's address in that range: the pods' way out, and where DNS and the API
///   listen for them
/// @param address the node's own (InternalIP): NodePorts and host ports are bound to it
public record NodeLink(String node, String bridge, Cidr podCidr, Ipv4 gateway, Ipv4 address) {}
