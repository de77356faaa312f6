// SPDX-License-Identifier: Apache-2.0
// Sorts the tables of a report and draws its plots. Without it the page still has all tables, and the
// data of every plot.
'use strict';

// Sorting takes these few lines; a library for it (and the one that it would need in turn) would be
// most of the page.
const collator = new Intl.Collator('en', {numeric: true});

function compareCells(a, b, direction) {
  const missing = ('missing' in a.dataset) - ('missing' in b.dataset);
  if (missing !== 0) {
    return missing;  // last in either direction
  }
  const order = 'value' in a.dataset ? a.dataset.value - b.dataset.value
                                     : collator.compare(a.textContent, b.textContent);
  return direction === 'descending' ? -order : order;
}

function sortBy(header) {
  const direction = header.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
  for (const other of header.parentElement.cells) {
    other.setAttribute('aria-sort', other === header ? direction : 'none');
  }
  const body = header.closest('table').tBodies[0];
  const column = header.cellIndex;
  body.append(...[...body.rows].sort(
      (a, b) => compareCells(a.cells[column], b.cells[column], direction)));
}

for (const button of document.querySelectorAll('th > button')) {
  button.addEventListener('click', () => sortBy(button.parentElement));
}

// Colours that differ in lightness too, and shapes, so that a print without colours can be read.
const kColours = ['#1b5e9b', '#d97a1e', '#6a3d7c', '#5fa8c9', '#2f6b36', '#b39b1f', '#a3303f', '#8c8c8c'];
const kShapes = ['circle', 'rect', 'triangle', 'rectRot', 'star', 'crossRot', 'cross', 'rectRounded'];
const kInk = '#333';
const kPaper = '#fff';
const kPrintWidth = 660;  // CSS pixels of an A4 page between its margins
const kPrintedShare = 0.72;  // of its width on the screen: what a table needs with the letters of print

function isBar(plot, series) {
  return (plot.kind === 'bar' || plot.kind === 'stacked_bar') && series.role !== 'front';
}

/// A series and the published values of the same name share colour and shape.
function styleNumbers(plot) {
  const names = [...new Set(plot.series.filter((s) => s.role !== 'front').map((s) => s.label))];
  return plot.series.map((series) => Math.max(0, names.indexOf(series.label)));
}

function hatched(colour) {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 8;
  const pen = tile.getContext('2d');
  pen.fillStyle = kPaper;
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  for (const x of [-8, 0, 8]) {
    pen.moveTo(x - 1, 9);
    pen.lineTo(x + 9, -1);
  }
  pen.stroke();
  return pen.createPattern(tile, 'repeat');
}

function barStyle(plot, series, colour) {
  const published = series.role === 'paper';
  return {
    type: 'bar',
    backgroundColor: published ? hatched(colour) : colour,
    borderColor: published ? colour : kPaper,
    borderWidth: published || plot.kind === 'stacked_bar' ? 1 : 0,
    maxBarThickness: 56,
    stack: plot.kind === 'stacked_bar' ? series.role : undefined,
  };
}

function lineStyle(plot, series, colour, shape) {
  const published = series.role === 'paper';
  const front = series.role === 'front';
  return {
    type: 'line',
    showLine: front || plot.kind !== 'scatter',
    borderColor: front ? kInk : colour,
    borderWidth: front ? 1.25 : 2,
    borderDash: published ? [6, 4] : [],
    pointStyle: front ? 'line' : shape,
    pointRadius: front ? 0 : 4,
    pointHoverRadius: front ? 0 : 6,
    pointHitRadius: front ? 0 : 6,
    pointBorderColor: front ? kInk : colour,
    pointBorderWidth: 1.5,
    pointBackgroundColor: published ? kPaper : colour,
    order: front ? 1 : 0,
  };
}

function datasets(plot) {
  const numbers = styleNumbers(plot);
  return plot.series.map((series, i) => {
    const colour = kColours[numbers[i] % kColours.length];
    const shape = kShapes[numbers[i] % kShapes.length];
    const style = isBar(plot, series) ? barStyle(plot, series, colour)
                                      : lineStyle(plot, series, colour, shape);
    return {label: series.name, data: series.points, ...style};
  });
}

function numberText(value) {
  return value.toLocaleString('en-US', Number.isInteger(value) ? {maximumFractionDigits: 0}
                                                               : {maximumSignificantDigits: 6});
}

function coordinateText(value) {
  return typeof value === 'number' ? numberText(value) : value;
}

// Room around a value that all points share, in proportion to it: the library would give it 1.
function roomAround(plot, name) {
  const values = new Set(plot.series.flatMap((series) => series.points.map((point) => point[name])));
  const [value] = values;
  const room = values.size === 1 ? Math.abs(value) / 10 : 0;
  return room > 0 ? {suggestedMin: value - room, suggestedMax: value + room} : {};
}

function axis(plot, name) {
  const title = plot[name].label;
  const category = plot[name].type === 'category';
  return {
    type: category ? 'category' : 'linear',
    offset: category,
    stacked: plot.kind === 'stacked_bar',
    beginAtZero: plot.series.some((series) => isBar(plot, series)),
    title: {display: title !== '', text: title},
    grid: {color: '#e6e6e6', display: !category},
    ...roomAround(plot, name),
  };
}

function chartOptions(plot) {
  return {
    animation: false,
    maintainAspectRatio: false,
    devicePixelRatio: Math.max(2, window.devicePixelRatio),  // sharp on paper
    interaction: {mode: 'nearest', intersect: false},
    scales: {x: axis(plot, 'x'), y: axis(plot, 'y')},
    plugins: {
      legend: {
        position: 'bottom',
        labels: {usePointStyle: !plot.series.some((s) => isBar(plot, s)), boxWidth: 14, boxHeight: 8},
      },
      tooltip: {
        callbacks: {
          title: (items) => items.map((item) => coordinateText(item.raw.x))[0],
          label: (item) => `${item.dataset.label}: ${numberText(item.raw.y)}`,
          afterLabel: (item) => item.raw.note || '',
        },
      },
    },
  };
}

function draw(canvas) {
  const plot = JSON.parse(canvas.closest('figure').querySelector('script').textContent);
  const labels = plot.series.flatMap((series) => series.points.map((point) => point.x));
  return new Chart(canvas, {
    type: 'line',  // each series says what it is
    data: {
      labels: plot.x.type === 'category' ? [...new Set(labels)] : undefined,
      datasets: datasets(plot),
    },
    options: chartOptions(plot),
  });
}

Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
Chart.defaults.color = kInk;
const charts = [...document.querySelectorAll('canvas')].map(draw);

// Paper neither opens nor scrolls: the data of the plots are shown, plots get the width of the paper,
// and tables that are wider become smaller.
const details = [...document.querySelectorAll('details')];
let closed = [];

function fitToPaper(table) {
  const width = kPrintedShare * table.offsetWidth;
  table.style.zoom = width > kPrintWidth ? kPrintWidth / width : '';
}

window.addEventListener('beforeprint', () => {
  closed = details.filter((one) => !one.open);
  closed.forEach((one) => { one.open = true; });
  document.querySelectorAll('table').forEach(fitToPaper);
  charts.forEach((chart) => chart.resize(kPrintWidth, chart.height));
});
window.addEventListener('afterprint', () => {
  closed.forEach((one) => { one.open = false; });
  document.querySelectorAll('table').forEach((table) => { table.style.zoom = ''; });
  charts.forEach((chart) => chart.resize());
});
