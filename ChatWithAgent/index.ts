// Owns the component framework's lifecycle: hands it to the host adapter and the instance, and decides nothing.
import type { Theme } from "@fluentui/react-components";
import * as React from "react";
import { Root } from "./app/Root";
import { createInstance } from "./app/instance";
import type { Instance } from "./app/instance";
import { servicesOf } from "./app/services";
import type { IInputs, IOutputs } from "./generated/ManifestTypes";
import { createPcfHost } from "./host/pcf/host";
import type { PcfHost } from "./host/pcf/host";

interface Mounted {
    readonly host: PcfHost;
    readonly instance: Instance;
    element: React.ReactElement | undefined;
}

export class ChatWithAgent implements ComponentFramework.ReactControl<IInputs, IOutputs> {
    private mounted: Mounted | undefined;

    public init(context: ComponentFramework.Context<IInputs>, notifyOutputChanged: () => void): void {
        const host = createPcfHost(context, notifyOutputChanged, window);
        this.mounted = { host, instance: createInstance(host, servicesOf(window)), element: undefined };
    }

    public updateView(context: ComponentFramework.Context<IInputs>): React.ReactElement {
        const { mounted } = this;
        if (!mounted) return React.createElement(React.Fragment);
        const { host, instance } = mounted;
        host.context = context;
        instance.update();
        const props = {
            instance,
            view: instance.view,
            theme: context.fluentDesignLanguage?.tokenTheme as Theme | undefined,
            isRtl: host.isRtl,
            texts: host.texts,
        };
        const before = mounted.element?.props as typeof props | undefined;
        // The same element again makes React skip the whole view.
        if (before?.view !== props.view || before.theme !== props.theme || before.isRtl !== props.isRtl)
            mounted.element = React.createElement(Root, props);
        return mounted.element ?? React.createElement(Root, props);
    }

    public getOutputs(): IOutputs {
        return { ...this.mounted?.instance.outputs };
    }

    public destroy(): void {
        this.mounted?.instance.destroy();
        this.mounted = undefined;
    }
}
