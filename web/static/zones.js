// The list of time zones to choose from, by region: typing "Den" in the list finds Denver.
import { make } from "./dom.js";

export function zoneSelect(id, chosen, onchange, other = "Other") {
  const regions = new Map();
  for (const zone of [...new Set([chosen, ...known()])].sort()) {
    const [region, ...city] = zone.split("/");
    const group = city.length ? region : other;
    if (!regions.has(group)) regions.set(group, make("optgroup", { label: group }));
    const name = (city.join(", ") || zone).replaceAll("_", " ");
    regions.get(group).append(make("option", { value: zone, selected: zone === chosen }, name));
  }
  return make("select", { id, onchange: (event) => onchange(event.target.value) }, ...regions.values());
}

const known = () => [...(Intl.supportedValuesOf?.("timeZone") ?? []), "UTC"];
