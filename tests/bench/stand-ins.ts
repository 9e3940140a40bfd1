// Owns the controls that are put in the control's place: what the host, React and Fluent cost by themselves is
// measured with them.

const control = (element: string): string => `ComponentFramework.registerControl("Bench.StandIn", class {
    init() {}
    updateView() { return this.element ??= ${element}; }
    getOutputs() { return {}; }
    destroy() {}
});`;

export const STAND_INS = {
    /** One element and nothing else. */
    "empty control": control(`Reactv16.createElement("div")`),
    /** The least that a control in Fluent's look consists of. */
    "plain Fluent button": control(
        `Reactv16.createElement(FluentUIReactv940.Button, { appearance: "primary" }, "Chat")`,
    ),
} as const;

export type StandIn = keyof typeof STAND_INS;

export const standIn = (name: StandIn | undefined): { readonly bundle?: string } =>
    name === undefined ? {} : { bundle: STAND_INS[name] };
