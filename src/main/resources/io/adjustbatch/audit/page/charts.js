// Hands the figures of each chart to Chart.js, in the colours of the style sheet: those of the screen's scheme, and on
// paper the light ones.
(() => {
  "use strict";
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function colour(name) {
    return getComputedStyle(root).getPropertyValue("--" + name).trim();
  }

  function dataset(series, shape) {
    return {
      label: series.name,
      data: series.values,
      words: series.words,
      style: series.style,
      backgroundColor: colour(series.style),
      borderColor: colour(series.style),
      stack: "all",
      maxBarThickness: 40,
      borderWidth: shape === "LINE" ? 2 : 0,
      pointRadius: 0,
      pointHitRadius: 12,
      fill: false,
    };
  }

  function paint(chart) {
    const soft = colour("soft");
    const line = colour("line");
    chart.data.datasets.forEach((dataset) => {
      dataset.backgroundColor = colour(dataset.style);
      dataset.borderColor = colour(dataset.style);
    });
    const { scales, plugins } = chart.options;
    scales.x.ticks.color = soft;
    scales.x.border.color = line;
    scales.y.ticks.color = soft;
    scales.y.grid.color = line;
    plugins.legend.labels.color = colour("ink");
    plugins.tooltip.backgroundColor = colour("ink");
    plugins.tooltip.titleColor = colour("card");
    plugins.tooltip.bodyColor = colour("card");
    chart.update();
  }

  function options(shape, series) {
    return {
      animation: false,
      maintainAspectRatio: false,
      // twice as sharp as the screen needs, for paper
      devicePixelRatio: Math.max(2, window.devicePixelRatio),
      locale: "en-US",
      interaction: { mode: "index", intersect: false },
      scales: {
        x: { stacked: true, grid: { display: false }, border: {}, ticks: { maxRotation: 0, autoSkipPadding: 24 } },
        y: {
          stacked: shape === "BARS",
          beginAtZero: true,
          border: { display: false },
          grid: {},
          ticks: { maxTicksLimit: 5, precision: wholeNumbers(series) ? 0 : undefined },
        },
      },
      plugins: {
        legend: {
          display: series.length > 1,
          align: "start",
          labels: { boxWidth: 10, boxHeight: 10, padding: 12 },
        },
        tooltip: {
          filter: (item) => item.parsed.y !== 0,
          callbacks: { label: (item) => " " + item.dataset.label + ": " + item.dataset.words[item.dataIndex] },
        },
      },
    };
  }

  function wholeNumbers(series) {
    return series.every((one) => one.values.every(Number.isInteger));
  }

  function draw(figure) {
    const { shape, labels, series } = JSON.parse(figure.querySelector("script").textContent);
    figure.hidden = false;
    return new Chart(figure.querySelector("canvas"), {
      type: shape === "LINE" ? "line" : "bar",
      data: { labels, datasets: series.map((one) => dataset(one, shape)) },
      options: options(shape, series),
    });
  }

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  const charts = Array.from(document.querySelectorAll("figure.chart"), draw);

  function paintAll() {
    charts.forEach(paint);
  }

  function print(begins) {
    root.classList.toggle("paper", begins);
    paintAll();
  }

  dark.addEventListener("change", paintAll);
  window.addEventListener("beforeprint", () => print(true));
  window.addEventListener("afterprint", () => print(false));
  paintAll();
})();
