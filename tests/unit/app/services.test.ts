/**
 * Covers app/services: one for the page, whichever copy of the bundle comes first, and nothing on the page for it.
 * @jest-environment jsdom
 */
import { servicesOf } from "../../../ChatWithAgent/app/services";

const PREFIX = "InternalChat.ChatWithAgent/";
const ours = (): symbol[] =>
    Object.getOwnPropertySymbols(window).filter((symbol) => Symbol.keyFor(symbol)?.startsWith(PREFIX));

afterEach(() => ours().forEach((symbol) => Reflect.deleteProperty(window, symbol)));

test("are the same for everybody on the page, another copy of the bundle included", () => {
    const services = servicesOf(window);
    expect(servicesOf(window)).toBe(services);
    jest.isolateModules(() => {
        const copy = jest.requireActual<{ servicesOf: typeof servicesOf }>("../../../ChatWithAgent/app/services");
        expect(copy.servicesOf(window)).toBe(services);
    });
    expect(ours()).toHaveLength(1);
});

test("are refused where another version has the page, which is left alone", () => {
    const other = {};
    Object.assign(window, { [Symbol.for(`${PREFIX}0`)]: other });
    expect(servicesOf(window)).toBeUndefined();
    expect(ours()).toEqual([Symbol.for(`${PREFIX}0`)]);
});

test("other symbols of the page do not matter", () => {
    const other = Symbol.for("Contoso.ChatWithAgent/9");
    Object.assign(window, { [other]: {}, [Symbol("InternalChat.ChatWithAgent/2")]: {} });
    expect(servicesOf(window)).toBeDefined();
    Reflect.deleteProperty(window, other);
});

test("cost the page no listener, no timer and no element before they are used", () => {
    const listen = jest.spyOn(window, "addEventListener");
    const time = jest.spyOn(window, "setTimeout");
    const html = document.documentElement.outerHTML;
    const services = servicesOf(window);
    expect(services?.session.state.kind).toBe("idle");
    expect(services?.inAgentWorkspace()).toBe(false);
    expect(listen).not.toHaveBeenCalled();
    expect(time).not.toHaveBeenCalled();
    expect(document.documentElement.outerHTML).toBe(html);
});
