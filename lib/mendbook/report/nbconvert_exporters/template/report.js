"use strict";
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Charts: drawn from the JSON beside them, in the page's own colours.
  const colours = (night) => night
    ? { ink: "#e3e8ef", grid: "#2a323d", box: "#1c232c" }
    : { ink: "#1c2430", grid: "#e2e6ec", box: "#ffffff" };
  const theme = (layout, night) => {
    const { ink, grid, box } = colours(night);
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
      .then(() => Plotly.relayout(plot, theme(layout, isDark())));
  });
  Promise.all(drawn).then(() => { document.documentElement.dataset.charts = "drawn"; });
  const repaint = (night) => {
    for (const plot of all(".plot")) Plotly.relayout(plot, theme(plot.layoutAsGiven, night));
  };
  system.addEventListener("change", () => repaint(isDark()));
  addEventListener("beforeprint", () => repaint(false));
  addEventListener("afterprint", () => repaint(isDark()));

  // Dark or light follows the system until the reader chooses.
  const choose = document.querySelector("nav .theme");
  choose.hidden = false;
  choose.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    repaint(isDark());
  });

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

  // Numbers sort as numbers, 0.08 before 0.1; what holds none comes last; words sort as words.
  const numeric = (text) => /^[−-]?[\d,]*\.?\d+/.test(text) ? parseFloat(text.replace("−", "-").replaceAll(",", "")) : NaN;
  const compare = (a, b) => {
    const [left, right] = [numeric(a), numeric(b)];
    if (!Number.isNaN(left) && !Number.isNaN(right) && left !== right) return left - right;
    if (Number.isNaN(left) !== Number.isNaN(right)) return Number.isNaN(left) ? 1 : -1;
    return a.localeCompare(b, "en", { numeric: true });
  };

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
        const text = (row) => row.cells[column]?.textContent.trim() ?? "";
        const rows = [...body.rows].sort((a, b) => compare(text(a), text(b)) * (down ? -1 : 1));
        body.append(...rows);
      });
    });
    if (body.rows.length > 7 && !table.closest(".findings + .table")) {
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

  // Findings: each card is folded to its heading and its story, and opened by whoever links to it.
  const cards = all("article[data-priority]");
  const fold = (card, folded) => {
    card.classList.toggle("folded", folded);
    card.querySelector("h3 > button.fold")?.setAttribute("aria-expanded", String(!folded));
  };
  for (const card of cards) {
    const head = card.querySelector("h3");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fold";
    button.append(...head.childNodes);
    button.addEventListener("click", () => fold(card, !card.classList.contains("folded")));
    const link = document.createElement("a");
    link.href = "#" + card.id;
    link.className = "copy";
    link.textContent = "#";
    link.setAttribute("aria-label", "Link to " + button.textContent.split(" — ")[0]);
    link.addEventListener("click", () => navigator.clipboard?.writeText(link.href).catch(() => {}));
    head.append(button, link);
    fold(card, true);
  }
  const open = (id) => {
    const target = id ? document.getElementById(id) : null;
    const card = target?.closest("article[data-priority]");
    if (!card) return;
    card.hidden = false;
    fold(card, false);
    target.scrollIntoView();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && !link.classList.contains("copy")) open(decodeURIComponent(link.hash.slice(1)));
  });
  addEventListener("hashchange", () => open(decodeURIComponent(location.hash.slice(1))));

  // Cross-references: a cell that is a finding's id leads to its card.
  const places = new Map(cards.map((card) => [card.querySelector("button.fold").textContent.split(" — ")[0], card.id]));
  for (const cell of all("td")) {
    const id = places.get(cell.textContent);
    if (!id || cell.querySelector("a")) continue;
    const link = document.createElement("a");
    link.href = "#" + id;
    link.textContent = cell.textContent;
    cell.replaceChildren(link);
  }

  // The index of findings: search, facets with counts, and both kept in the address.
  const index = document.querySelector(".findings + .table table");
  const FACETS = ["Severity", "Priority", "Dimension", "Owner", "Sprint", "File", "Patch"];
  if (index && index.tBodies[0]) {
    const rows = [...index.tBodies[0].rows];
    const columns = all("thead th", index).map((head) => head.textContent.trim());
    const at = (row, name) => row.cells[columns.indexOf(name)].textContent.trim();
    const card = new Map(rows.map((row) => [row, document.getElementById(row.cells[0].querySelector("a")?.hash.slice(1))]));
    const tools = bar("Search the findings ( / )");
    tools.box.classList.add("sticky");
    const selects = FACETS.map((name) => {
      const select = document.createElement("select");
      select.setAttribute("aria-label", name);
      select.dataset.facet = name;
      select.addEventListener("change", () => update());
      tools.output.before(select);
      return select;
    });
    const text = new Map(rows.map((row) => [row, (row.textContent + " " + (card.get(row)?.textContent ?? "")).toLowerCase()]));
    const chosen = () => new Map(selects.filter((each) => each.value).map((each) => [each.dataset.facet, each.value]));
    const fits = (row, wanted, facets, but = "") =>
      text.get(row).includes(wanted) && [...facets].every(([name, value]) => name === but || at(row, name) === value);
    const fill = (facets, wanted) => {
      for (const select of selects) {
        const name = select.dataset.facet, value = facets.get(name) ?? "";
        const counts = new Map();
        for (const row of rows) if (fits(row, wanted, facets, name)) counts.set(at(row, name), (counts.get(at(row, name)) ?? 0) + 1);
        if (value && !counts.has(value)) counts.set(value, 0);
        const options = [...counts].sort(([a], [b]) => compare(a, b));
        select.replaceChildren(new Option(name, ""), ...options.map(([word, times]) => new Option(`${word} (${times})`, word)));
        select.value = value;
      }
    };
    const update = (keep = true) => {
      const facets = chosen(), wanted = tools.input.value.trim().toLowerCase();
      let shown = 0;
      for (const row of rows) {
        const fit = fits(row, wanted, facets);
        row.hidden = !fit;
        shown += fit;
        const each = card.get(row);
        if (each) each.hidden = !fit;
      }
      tools.output.textContent = `${shown} of ${rows.length}`;
      fill(facets, wanted);
      if (!keep) return;
      const state = new URLSearchParams([...facets, ...(wanted ? [["q", wanted]] : [])]).toString();
      history.replaceState(null, "", state ? "#?" + state : "#");
    };
    tools.input.addEventListener("input", () => update());
    const all_ = document.createElement("button");
    all_.type = "button";
    all_.textContent = "Open all";
    all_.addEventListener("click", () => {
      const folded = all_.textContent === "Close all";
      cards.forEach((each) => fold(each, folded));
      all_.textContent = folded ? "Open all" : "Close all";
    });
    tools.box.append(all_);
    index.parentElement.before(tools.box);
    fill(new Map(), "");
    if (location.hash.startsWith("#?")) {
      const state = new URLSearchParams(location.hash.slice(2));
      tools.input.value = state.get("q") ?? "";
      fill(new Map(FACETS.filter((name) => state.has(name)).map((name) => [name, state.get(name)])), "");
    }
    update(false);

    // Keys: / searches, j and k go from card to card, ? says so.
    let current = -1;
    const move = (step) => {
      const visible = cards.filter((each) => !each.hidden);
      if (!visible.length) return;
      current = Math.min(Math.max(current + step, 0), visible.length - 1);
      open(visible[current].id);
      visible[current].querySelector("button.fold").focus({ preventScroll: true });
    };
    addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
      if (event.key === "/") { event.preventDefault(); tools.input.focus(); tools.box.scrollIntoView({ block: "center" }); }
      if (event.key === "j") move(1);
      if (event.key === "k") move(-1);
      if (event.key === "?") tools.output.textContent = "/ search · j next finding · k the one before";
    });
  }
  open(decodeURIComponent(location.hash.slice(1)));

  // Contents: mark where the reader is; folded on a small screen.
  const links = new Map(all("nav ol a").map((link) => [link.hash.slice(1), link]));
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
