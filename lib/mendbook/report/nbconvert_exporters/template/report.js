"use strict";
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Charts: drawn from the JSON beside them, in the page's own colours.
  const colours = (isDark) => isDark
    ? { ink: "#e3e8ef", grid: "#2a323d", box: "#1c232c" }
    : { ink: "#1c2430", grid: "#e2e6ec", box: "#ffffff" };
  const theme = (layout, isDark) => {
    const { ink, grid, box } = colours(isDark);
    const change = {
      "font.color": ink, paper_bgcolor: "rgba(0,0,0,0)",
      "hoverlabel.bgcolor": box, "hoverlabel.font.color": ink, "hoverlabel.bordercolor": grid,
    };
    for (const key of Object.keys(layout)) {
      if (/^[xy]axis\d*$/.test(key)) {
        change[key + ".gridcolor"] = grid;
        change[key + ".zerolinecolor"] = grid;
        change[key + ".linecolor"] = grid;
      }
    }
    return change;
  };
  // A slider of a chart becomes a list that a keyboard and a screen reader can use.
  const choice = (plot, { currentvalue, active, steps }) => {
    const label = document.createElement("label");
    label.className = "tools";
    const select = document.createElement("select");
    steps.forEach((step, at) => select.add(new Option(step.label, at, at === active, at === active)));
    select.addEventListener("change", () => {
      const { method, args } = steps[select.value];
      Plotly[method](plot, ...args);
    });
    label.append(currentvalue.prefix, select);
    return label;
  };
  const drawn = all("figure.chart").filter((figure) => figure.querySelector(".plot")).map((figure) => {
    const { data, layout, config } = JSON.parse(figure.querySelector("script").textContent);
    const plot = figure.querySelector(".plot");
    for (const slider of layout.sliders ?? []) plot.before(choice(plot, slider));
    delete layout.sliders;
    plot.layoutAsGiven = layout;
    return Plotly.newPlot(plot, data, layout, { ...config, displayModeBar: false })
      .then(() => Plotly.relayout(plot, theme(layout, dark.matches)));
  });
  Promise.all(drawn).then(() => { document.documentElement.dataset.charts = "drawn"; });
  const repaint = (isDark) => {
    for (const plot of all(".plot")) Plotly.relayout(plot, theme(plot.layoutAsGiven, isDark));
  };
  dark.addEventListener("change", () => repaint(dark.matches));
  addEventListener("beforeprint", () => repaint(false));
  addEventListener("afterprint", () => repaint(dark.matches));

  // The totals table becomes tiles.
  for (const mark of all(".totals")) {
    const table = mark.nextElementSibling;
    const names = all("th", table), values = all("td", table);
    const list = document.createElement("dl");
    list.className = "tiles";
    names.forEach((name, at) => {
      const tile = list.appendChild(document.createElement("div"));
      tile.appendChild(document.createElement("dt")).textContent = name.textContent;
      tile.appendChild(document.createElement("dd")).textContent = values[at].textContent;
    });
    table.replaceWith(list);
  }

  // Tables: a click on a heading sorts; long ones can be filtered.
  const sortable = (table) => {
    const body = table.tBodies[0];
    if (!body || body.rows.length < 2) return;
    all("thead th", table).forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of all("thead th", table)) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const text = (row) => row.cells[column]?.textContent ?? "";
        const rows = [...body.rows].sort((a, b) =>
          text(a).localeCompare(text(b), "en", { numeric: true }) * (down ? -1 : 1));
        body.append(...rows);
      });
    });
    if (body.rows.length > 7) {
      const tools = bar("Filter this table");
      tools.input.addEventListener("input", () => show([...body.rows], tools));
      table.parentElement.before(tools.box);
      show([...body.rows], tools);
    }
  };
  const bar = (label) => {
    const box = document.createElement("div");
    box.className = "tools";
    const input = document.createElement("input");
    input.type = "search";
    input.placeholder = label;
    input.setAttribute("aria-label", label);
    const output = document.createElement("output");
    box.append(input, output);
    return { box, input, output };
  };
  const show = (items, { input, output }, keep = () => true) => {
    const wanted = input.value.toLowerCase();
    let shown = 0;
    for (const item of items) {
      item.hidden = !(keep(item) && item.textContent.toLowerCase().includes(wanted));
      shown += !item.hidden;
    }
    output.textContent = shown === items.length ? "" : `${shown} of ${items.length}`;
  };
  all("table").forEach(sortable);

  // Issues: by text and by priority.
  const issues = all("article[data-priority]");
  if (issues.length > 3) {
    const tools = bar("Filter the issues");
    const bands = [...new Set(issues.map((issue) => issue.dataset.priority))].sort();
    const buttons = bands.map((band) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = band;
      button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", () => {
        button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
        update();
      });
      return button;
    });
    const update = () => {
      const pressed = buttons.filter((button) => button.getAttribute("aria-pressed") === "true");
      const chosen = new Set(pressed.map((button) => button.textContent));
      show(issues, tools, (issue) => !chosen.size || chosen.has(issue.dataset.priority));
    };
    tools.input.addEventListener("input", update);
    tools.output.before(...buttons);
    issues[0].before(tools.box);
  }

  // Cross-references: a cell that is an issue's id leads to the issue.
  const places = new Map(issues.map((issue) => [issue.querySelector("h3").textContent.split(" — ")[0], issue.id]));
  for (const cell of all("td")) {
    const id = places.get(cell.textContent);
    if (!id) continue;
    const link = document.createElement("a");
    link.href = "#" + id;
    link.textContent = cell.textContent;
    cell.replaceChildren(link);
  }

  // Contents: mark where the reader is; folded on a small screen.
  const links = new Map(all("nav a").map((link) => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "0px 0px -75% 0px" });
  all("main > section").forEach((section) => seen.observe(section));
  if (matchMedia("(max-width: 62rem)").matches) document.querySelector("nav details").open = false;
})();
