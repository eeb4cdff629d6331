import { useEffect, useId, useRef, type ReactNode } from "react";
import { Button, Icon } from "./Button";

interface DialogProps {
  title: string;
  closeText: string;
  onClose: () => void;
  width?: number;
  footer?: ReactNode;
  children: ReactNode;
}

/** A modal of the browser's own: focus, Escape and the backdrop are its business. */
export function Dialog({ title, closeText, onClose, width, footer, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
  }, []);
  return (
    <dialog
      ref={ref}
      className="dialog"
      aria-labelledby={heading}
      style={width ? ({ "--width": `${width}px` } as React.CSSProperties) : undefined}
      onClose={onClose}
      onKeyDown={(e) => e.stopPropagation()}
    >
      <header>
        <h2 id={heading} className="grow">
          {title}
        </h2>
        <Button kind="link" aria-label={closeText} title={closeText} onClick={onClose}>
          <Icon name="close" />
        </Button>
      </header>
      <div className="body">{children}</div>
      {footer && <footer>{footer}</footer>}
    </dialog>
  );
}
