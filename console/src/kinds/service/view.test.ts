import { describe, expect, it } from "vitest";
import type { Service } from "../../kube/types";
import { isValid, problemsOf, read, start, withView } from "./view";

const written: Service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", uid: "1", labels: { a: "b" }, annotations: { description: "shop", other: "x" } },
  spec: {
    type: "NodePort",
    clusterIP: "10.0.0.1",
    externalTrafficPolicy: "Local",
    sessionAffinity: "ClientIP",
    sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
    selector: { app: "web" },
    ports: [
      { name: "http", protocol: "TCP", port: 80, targetPort: "web", nodePort: 30080 },
      { name: "udp-53-53", protocol: "UDP", port: 53, targetPort: 53, nodePort: 30053 },
    ],
    ...{ ipFamilies: ["IPv4"] },
  },
};

describe("the form of a Service", () => {
  it("writes back what it read, whatever it does not show", () => {
    expect(withView(written, read(written))).toEqual(written);
  });

  it("lets its own names follow their ports and leaves those of authors", () => {
    const view = read(written);
    const ports = view.ports.map((p) => ({ ...p, port: String(Number(p.port) + 1) }));
    expect(withView(written, { ...view, ports }).spec.ports?.map((p) => [p.name, p.port])).toEqual([
      ["http", 81],
      ["udp-53-54", 54],
    ]);
  });

  it("names new ports once there are several", () => {
    const view = read(start);
    expect(withView(start, view).spec.ports).toEqual([{ protocol: "TCP", port: 80, targetPort: 80 }]);
    const two = [...view.ports, { protocol: "UDP", containerPort: "dns", port: "53", nodePort: "" }];
    expect(withView(start, { ...view, ports: two }).spec.ports?.map((p) => p.name)).toEqual([
      "tcp-80-80",
      "udp-dns-53",
    ]);
  });

  it("drops what belongs to nodes when it goes back into the cluster", () => {
    const { spec } = withView(written, { ...read(written), type: "ClusterIP" });
    expect(spec.externalTrafficPolicy).toBeUndefined();
    expect(spec.ports?.some((p) => "nodePort" in p)).toBe(false);
    expect(spec.clusterIP).toBe("10.0.0.1");
  });

  it("is headless without an address, and keeps no sessions then", () => {
    const { spec } = withView(start, { ...read(start), headless: true, affinity: true });
    expect(spec).toMatchObject({ clusterIP: "None", sessionAffinity: "None" });
    expect(spec.sessionAffinityConfig).toBeUndefined();
  });

  it("takes away a description that was emptied, and no other annotation", () => {
    expect(withView(written, { ...read(written), description: "" }).metadata.annotations).toEqual({ other: "x" });
    expect("annotations" in withView(start, read(start)).metadata).toBe(false);
  });
});

describe("its rules", () => {
  const view = { ...read(start), name: "web" };
  const port = { protocol: "TCP", containerPort: "80", port: "80", nodePort: "" };
  const wrong = (part: Partial<typeof view>) => !isValid(problemsOf({ ...view, ...part }));

  it("want a name, a port, and numbers that are ports", () => {
    expect(isValid(problemsOf(view))).toBe(true);
    expect(wrong({ name: "1web" })).toBe(true);
    expect(wrong({ name: "w".repeat(64) })).toBe(true);
    expect(wrong({ ports: [] })).toBe(true);
    expect(wrong({ ports: [], headless: true })).toBe(false);
    expect(wrong({ ports: [{ ...port, port: "0" }] })).toBe(true);
    expect(wrong({ ports: [{ ...port, port: "65536" }] })).toBe(true);
    expect(wrong({ ports: [{ ...port, containerPort: "http" }] })).toBe(false);
  });

  it("want each port once per protocol, and node ports in their range, once", () => {
    expect(wrong({ ports: [port, port] })).toBe(true);
    expect(wrong({ ports: [port, { ...port, protocol: "UDP" }] })).toBe(false);
    expect(wrong({ type: "NodePort", ports: [{ ...port, nodePort: "80" }] })).toBe(true);
    const twice = ["80", "81"].map((p) => ({ ...port, port: p, nodePort: "30080" }));
    expect(wrong({ type: "NodePort", ports: twice })).toBe(true);
    expect(wrong({ type: "ClusterIP", ports: twice })).toBe(false);
  });

  it("want a session time that clusters take", () => {
    expect(wrong({ affinity: true, timeout: "0" })).toBe(true);
    expect(wrong({ affinity: true, timeout: "86400" })).toBe(false);
    expect(wrong({ affinity: false, timeout: "0" })).toBe(false);
  });
});
