import { Component, type ReactNode } from 'react';

interface Props {
  readonly onError: (thrown: unknown) => void;
  readonly children: ReactNode;
}

/**
 * Catches what goes wrong while drawing, before Ink's own boundary does: that one prints the message, the source lines
 * and the stack, and any of them may hold what was being drawn.
 */
export class Boundary extends Component<Props, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override componentDidCatch(thrown: unknown): void {
    this.props.onError(thrown);
  }

  override render(): ReactNode {
    return this.state.isBroken ? null : this.props.children;
  }
}
