import AntSelect from "antd/es/select";
import ConfigProvider from "antd/es/config-provider";
import theme from "antd/es/theme";
import { useId } from "react";
import { useDark } from "./theme";

interface SelectProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  placeholder?: string;
  onChange: (value: string) => void;
}

/** A choice among many, searched by typing; Ant Design's, in our colours. */
export function Select({ label, value, options, placeholder, onChange }: SelectProps) {
  const id = useId();
  const dark = useDark();
  return (
    <ConfigProvider
      theme={{
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: {
          fontFamily: "inherit",
          ...(dark ? { colorBgContainer: "#191f28", colorBgElevated: "#212936", colorBorder: "#445064" } : {}),
          colorPrimary: dark ? "#78a9ff" : "#1458c9",
        },
      }}
    >
      <label htmlFor={id}>
        <span className="quiet">{label}</span>
        <AntSelect
          id={id}
          aria-label={label}
          value={value === "" ? undefined : value}
          placeholder={placeholder}
          options={[...options]}
          onChange={(chosen: string | undefined) => chosen !== undefined && onChange(chosen)}
          showSearch={{ optionFilterProp: "label" }}
          style={{ minWidth: 180 }}
          popupMatchSelectWidth={false}
        />
      </label>
    </ConfigProvider>
  );
}
