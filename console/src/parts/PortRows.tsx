import { t } from "../i18n/text";
import { Rows } from "./Pairs";
import { newPort, type Port } from "./servicePorts";

interface PortRowsProps {
  ports: readonly Port[];
  nodePorts: boolean;
  onChange: (ports: readonly Port[]) => void;
  problem: (index: number) => string | undefined;
}

/** 端口映射 */
export function PortRows({ ports, nodePorts, onChange, problem }: PortRowsProps) {
  const change = (i: number, part: Partial<Port>) => onChange(ports.map((p, j) => (j === i ? { ...p, ...part } : p)));
  const input = (i: number, key: "containerPort" | "port" | "nodePort", label: string) => (
    <label className="row">
      <span className="quiet">{label}</span>
      <input
        className="text"
        style={{ width: 84 }}
        value={ports[i]?.[key] ?? ""}
        onChange={(e) => change(i, { [key]: e.target.value.trim() })}
      />
    </label>
  );
  return (
    <Rows
      rows={ports}
      add={t("service.addPort")}
      onAdd={() => onChange([...ports, newPort])}
      onRemove={(i) => onChange(ports.toSpliced(i, 1))}
    >
      {(p, i) => (
        <>
          <select
            className="text"
            aria-label={t("service.protocol")}
            value={p.protocol}
            onChange={(e) => change(i, { protocol: e.target.value })}
          >
            {[...new Set(["TCP", "UDP", p.protocol])].map((protocol) => (
              <option key={protocol}>{protocol}</option>
            ))}
          </select>
          {input(i, "containerPort", t("service.containerPort"))}
          {nodePorts && input(i, "nodePort", t("service.hostPort"))}
          {input(i, "port", t("service.servicePort"))}
          {problem(i) && <span className="bad">{problem(i)}</span>}
        </>
      )}
    </Rows>
  );
}
