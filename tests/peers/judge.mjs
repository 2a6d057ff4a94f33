// Reads calendar objects, one base64 text a line, and says of each what ical.js finds in it, one JSON text a line.
import { createInterface } from "node:readline";
import ICAL from "ical.js";

function judge(text) {
  const root = new ICAL.Component(ICAL.parse(text));
  const events = root.getAllSubcomponents("vevent").map((event) => ({
    uid: event.getFirstPropertyValue("uid"),
    sequence: event.getFirstPropertyValue("sequence"),
    organizers: event.getAllProperties("organizer").map((one) => one.getFirstValue()),
    attendees: event.getAllProperties("attendee").map((one) => [one.getFirstValue(), one.getParameter("partstat"), one.getParameter("cn") ?? null]),
    names: event.getAllProperties().map((one) => one.name).sort(),
    tzids: [...new Set(event.getAllProperties().map((one) => one.getParameter("tzid")).filter(Boolean))].sort(),
    comments: event.getAllProperties("comment").map((one) => one.getFirstValue()),
    summary: event.getFirstPropertyValue("summary"),
    start: String(event.getFirstPropertyValue("dtstart") ?? ""),
  }));
  return {
    name: root.name,
    method: root.getFirstPropertyValue("method"),
    version: root.getFirstPropertyValue("version"),
    components: root.getAllSubcomponents().map((one) => one.name).sort(),
    zones: root.getAllSubcomponents("vtimezone").map((one) => one.getFirstPropertyValue("tzid")).sort(),
    events,
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  try {
    console.log(JSON.stringify(judge(Buffer.from(line, "base64").toString("utf-8"))));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
