// Owns the control interface under /control: JSON over HTTP for tests and for people with curl.
import { act } from "./agent.ts";
import type { ContactCentre } from "./contact-centre.ts";
import { readFault } from "./faults.ts";
import { isObject, readJson, sendJson, type Exchange } from "./http.ts";
import { DEFAULT_SETTINGS, type DirectoryRecord, type WidgetSettings } from "./seed.ts";
import { viewOf } from "./view.ts";

const CHOICES: Partial<Record<keyof WidgetSettings, readonly string[]>> = {
  messageEvents: ["atOnce", "whenOpened"],
  layer: ["modern", "classic"],
  eventDetail: ["documented", "full"],
  closeEvent: ["whenClosed", "atOnce"],
  widgetErrors: ["told", "silent"],
};

/** Reads changes of widget settings; the mistake as text when there is one. */
export function readSettings(input: unknown): Partial<WidgetSettings> | string {
  if (!isObject(input)) return "Settings are an object.";
  for (const [key, value] of Object.entries(input)) {
    if (!Object.hasOwn(DEFAULT_SETTINGS, key))
      return `${key} is no setting. Settings: ${Object.keys(DEFAULT_SETTINGS).join(", ")}.`;
    const name = key as keyof WidgetSettings;
    const choices = CHOICES[name];
    const fits =
      choices !== undefined
        ? typeof value === "string" && choices.includes(value)
        : name === "preChatSurvey"
          ? typeof value === "boolean" || typeof value === "string"
          : name === "availability"
            ? isObject(value)
            : name === "allowedSites"
              ? Array.isArray(value) && value.every((site) => typeof site === "string")
              : typeof value === "boolean";
    if (!fits)
      return choices === undefined
        ? `${key} has a value of the wrong kind.`
        : `${key} must be one of ${choices.join(", ")}.`;
  }
  return input;
}

/** Reads contacts or accounts; `id`, codes and name may be left out. */
export function readRecords(input: unknown): DirectoryRecord[] | string {
  if (!Array.isArray(input)) return "A list of {id, name, emailaddress1, statecode, statuscode} is expected.";
  const records: DirectoryRecord[] = [];
  for (const item of input as unknown[]) {
    if (!isObject(item) || typeof item["emailaddress1"] !== "string") return "Every entry needs emailaddress1.";
    const number = (key: string, fallback: number): number => (typeof item[key] === "number" ? item[key] : fallback);
    const statecode = number("statecode", 0);
    records.push({
      id: typeof item["id"] === "string" ? item["id"] : crypto.randomUUID(),
      name: typeof item["name"] === "string" ? item["name"] : item["emailaddress1"],
      emailaddress1: item["emailaddress1"],
      statecode,
      statuscode: number("statuscode", statecode === 0 ? 1 : 2),
    });
  }
  return records;
}

/** Answers a request under /control. */
export async function answerControl(centre: ContactCentre, at: Exchange): Promise<void> {
  const { parts, response, request, method, url } = at;
  const [, what = "", id = "", action = ""] = parts;
  const body = method === "GET" || method === "HEAD" ? undefined : await readJson(request);
  const ok = (value: unknown): void => sendJson(response, 200, value);
  const wrong = (message: string): void => sendJson(response, 400, { message });

  if (what === "reset" && method === "POST") {
    centre.reset();
    return ok({ reset: true });
  }
  if (what === "requests" && method === "GET") {
    const kind = url.searchParams.get("kind");
    return ok(kind === null ? centre.requests : centre.requests.filter((r) => r.kind === kind));
  }
  if (what === "requests" && method === "DELETE") {
    centre.requests.length = 0;
    return ok({ cleared: true });
  }
  if (what === "faults") {
    if (method === "GET") return ok(centre.faults.list());
    if (method === "DELETE") return ok({ cleared: centre.faults.clear(id === "" ? undefined : Number(id)) });
    if (method === "POST") {
      const fault = readFault(body);
      return typeof fault === "string" ? wrong(fault) : sendJson(response, 201, centre.faults.add(fault));
    }
  }
  if (what === "conversations") {
    if (method === "GET" && id === "") return ok(centre.conversations.map((c) => viewOf(centre, c)));
    if (method === "GET") {
      const conversation = centre.conversation(id);
      return conversation === undefined
        ? sendJson(response, 404, { message: "No such conversation." })
        : ok(viewOf(centre, conversation));
    }
    if (method === "POST" && action !== "") return act(centre, id, action, body, at);
  }
  if (what === "widgets") {
    if (method === "GET" && id === "") return ok(centre.widgets);
    const widget = centre.widgets.find((w) => w.id.toLowerCase() === id.toLowerCase());
    if (widget === undefined) return sendJson(response, 404, { message: "No such widget." });
    if (method === "GET") return ok(widget);
    if (method === "PATCH") {
      const settings = readSettings(body);
      if (typeof settings === "string") return wrong(settings);
      centre.changeSettings(widget, settings);
      return ok(widget);
    }
  }
  if (what === "contacts" || what === "accounts") {
    if (method === "GET") return ok(centre[what]);
    if (method === "PUT") {
      const records = readRecords(body);
      if (typeof records === "string") return wrong(records);
      centre[what] = records;
      return ok(records);
    }
  }
  return sendJson(response, 404, {
    message:
      "GET conversations | POST conversations/{id}/accept|say|typing|end | GET, PATCH widgets/{id} | GET, PUT contacts, accounts | GET, POST, DELETE faults | GET, DELETE requests | POST reset",
  });
}
