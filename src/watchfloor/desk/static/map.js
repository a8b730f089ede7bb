// Every [data-map] becomes a map of the GeoJSON at that address, over outlines that are our own.
import { Map as Chart, NavigationControl, ScaleControl } from "/static/vendor/maplibre-gl.mjs";

const RANKS = ["info", "minor", "moderate", "severe", "extreme"];
const nothing = { type: "FeatureCollection", features: [] };

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function byRank() {
  const steps = RANKS.flatMap((name, rank) => [rank, colour(`--${name}`)]);
  return ["match", ["coalesce", ["get", "rank"], 0], ...steps, colour("--info")];
}

function style() {
  const of = (layer) => ["==", ["get", "layer"], layer];
  const many = ["all", of("point"), [">", ["coalesce", ["get", "count"], 1], 1]];
  const size = ["interpolate", ["linear"], ["coalesce", ["get", "count"], 1], 1, 5.5, 10, 11, 100, 18, 10000, 30];
  return {
    version: 8,
    sources: {
      world: { type: "geojson", data: "/static/vendor/world.json" },
      shown: { type: "geojson", data: nothing },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("--sea") } },
      { id: "land", type: "fill", source: "world", paint: { "fill-color": colour("--land") } },
      { id: "borders", type: "line", source: "world", paint: { "line-color": colour("--border"), "line-width": 0.8 } },
      { id: "rings", type: "fill", source: "shown", filter: of("ring"), paint: { "fill-color": colour("--site"), "fill-opacity": 0.08 } },
      { id: "ring-edges", type: "line", source: "shown", filter: of("ring"), paint: { "line-color": colour("--site"), "line-width": 1, "line-dasharray": [3, 2] } },
      { id: "routes", type: "line", source: "shown", filter: of("route"), paint: { "line-color": colour("--site"), "line-width": 2.5 } },
      { id: "areas", type: "fill", source: "shown", filter: of("area"), paint: { "fill-color": byRank(), "fill-opacity": 0.22 } },
      { id: "area-edges", type: "line", source: "shown", filter: of("area"), paint: { "line-color": byRank(), "line-width": 1.5 } },
      { id: "sites", type: "circle", source: "shown", filter: of("site"), paint: { "circle-color": colour("--paper"), "circle-opacity": 0.35, "circle-radius": 8, "circle-stroke-color": ["case", [">", ["coalesce", ["get", "rank"], 0], 0], byRank(), colour("--site")], "circle-stroke-width": 2 } },
      { id: "hazes", type: "circle", source: "shown", maxzoom: 7, filter: of("haze"), paint: { "circle-color": byRank(), "circle-radius": 14, "circle-blur": 0.9, "circle-opacity": 0.75 } },
      { id: "points", type: "circle", source: "shown", filter: of("point"), paint: { "circle-color": byRank(), "circle-radius": size, "circle-stroke-color": colour("--paper"), "circle-stroke-width": 1.5 } },
      { id: "counts", type: "symbol", source: "shown", filter: many, layout: { "text-field": ["to-string", ["get", "count"]], "text-size": 11, "text-allow-overlap": true }, paint: { "text-color": colour("--on-severe") } },
      { id: "names", type: "symbol", source: "shown", filter: of("site"), minzoom: 4, layout: { "text-field": ["get", "name"], "text-size": 12, "text-anchor": "left", "text-offset": [1, 0], "text-optional": true }, paint: { "text-color": colour("--ink"), "text-halo-color": colour("--paper"), "text-halo-width": 1.2 } },
    ],
  };
}

function corners(data) {
  const box = [180, 90, -180, -90];
  const visit = (part) => {
    if (typeof part[0] !== "number") return part.forEach(visit);
    box[0] = Math.min(box[0], part[0]);
    box[1] = Math.min(box[1], part[1]);
    box[2] = Math.max(box[2], part[0]);
    box[3] = Math.max(box[3], part[1]);
  };
  for (const feature of data.features) visit(feature.geometry.coordinates);
  return box[0] > box[2] ? null : box;
}

async function draw(element) {
  const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let chart;
  try {
    chart = new Chart({ container: element, style: style(), center: [40, 20], zoom: 1, attributionControl: false, dragRotate: false, fadeDuration: reduced ? 0 : 200 });
  } catch {
    return; // no WebGL: the note in the element stays
  }
  element.querySelector(".nomap")?.remove();
  chart.addControl(new NavigationControl({ showCompass: false }), "top-right");
  chart.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  chart.touchZoomRotate.disableRotation();
  const ready = chart.once("load");
  const load = async (fit) => {
    const address = new URL(element.dataset.map, location.href);
    if (!fit) address.searchParams.set("box", chart.getBounds().toArray().flat().map((n) => n.toFixed(3)).join(","));
    const answer = await fetch(address);
    if (!answer.ok) return;
    const data = await answer.json();
    await ready;
    chart.getSource("shown").setData(data);
    const box = fit && corners(data);
    if (box) chart.fitBounds(box, { padding: 36, maxZoom: 8, animate: false });
    element.dataset.shown = data.features.length;
  };
  await load(true);
  let waiting = null;
  chart.on("moveend", (event) => {
    if (!event.originalEvent && element.dataset.settled === undefined) return void (element.dataset.settled = "");
    clearTimeout(waiting);
    waiting = setTimeout(() => load(false), 200);
  });
  let stamp = null;
  document.addEventListener("desk:stamp", (event) => {
    if (event.detail !== undefined && event.detail !== stamp) load(false);
    stamp = event.detail;
  });
  for (const layer of ["points", "hazes", "areas", "sites", "rings", "routes"]) {
    chart.on("click", layer, (event) => {
      const to = event.features[0].properties.to;
      if (to && to !== "null") location.assign(to);
      else if (layer === "points") chart.easeTo({ center: event.lngLat, zoom: chart.getZoom() + 2 });
    });
    chart.on("mouseenter", layer, (event) => {
      chart.getCanvas().style.cursor = "pointer";
      chart.getCanvas().title = event.features[0].properties.name ?? "";
    });
    chart.on("mouseleave", layer, () => {
      chart.getCanvas().style.cursor = "";
      chart.getCanvas().title = "";
    });
  }
}

for (const element of document.querySelectorAll("[data-map]")) draw(element);
