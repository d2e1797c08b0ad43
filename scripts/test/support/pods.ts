/** A pod as Prometheus' discovery (role `pod`) would list one of its ports. */
export interface PodPort {
  readonly name: string;
  readonly ip?: string;
  readonly namespace?: string;
  readonly phase?: string;
  readonly isInit?: boolean;
  /** Undefined where the container declares none. */
  readonly port?: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** The labels of Prometheus' documentation for one port of a pod, with the address that it comes with. */
export function discovered(pod: PodPort): {
  readonly targets: string[];
  readonly labels: Record<string, string>;
} {
  const { name, ip = '10.244.1.7', namespace = 'valtronics', phase = 'Running', port } = pod;
  const meta = (kind: string, entries: Readonly<Record<string, string>> = {}): Record<string, string> =>
    Object.fromEntries(
      Object.entries(entries).flatMap(([key, value]) => {
        const escaped = key.replaceAll(/\W/g, '_');
        return [
          [`__meta_kubernetes_pod_${kind}_${escaped}`, value],
          [`__meta_kubernetes_pod_${kind}present_${escaped}`, 'true'],
        ];
      }),
    );
  const host = ip.includes(':') ? `[${ip}]` : ip;
  return {
    targets: [port === undefined ? ip : `${host}:${port}`],
    labels: {
      __meta_kubernetes_namespace: namespace,
      __meta_kubernetes_pod_name: name,
      __meta_kubernetes_pod_ip: ip,
      __meta_kubernetes_pod_phase: phase,
      __meta_kubernetes_pod_ready: phase === 'Running' ? 'true' : 'false',
      __meta_kubernetes_pod_node_name: 'node-1',
      __meta_kubernetes_pod_host_ip: '192.168.5.11',
      __meta_kubernetes_pod_uid: '4f1b8f0e-6f0f-4b7c-8a44-0e2f8a4c8d11',
      __meta_kubernetes_pod_controller_kind: 'StatefulSet',
      __meta_kubernetes_pod_controller_name: name.replace(/-\w+$/, ''),
      __meta_kubernetes_pod_container_name: 'main',
      __meta_kubernetes_pod_container_init: String(pod.isInit ?? false),
      ...(port === undefined
        ? {}
        : {
            __meta_kubernetes_pod_container_port_name: `port-${port}`,
            __meta_kubernetes_pod_container_port_number: String(port),
            __meta_kubernetes_pod_container_port_protocol: 'TCP',
          }),
      ...meta('annotation', pod.annotations),
      ...meta('label', pod.labels),
    },
  };
}
