// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/line_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>

#include "sw/console/table.h"

namespace airnn {

using Json = nlohmann::ordered_json;

namespace {

constexpr double kWordBits = 32;

/// A layer, or all of them, and what its weights take.
struct Row {
  std::string name;
  LineCounts lines;
  double plain_bits = 0;  ///< of all its stored weights in words of the image's precision
  double bits = 0;        ///< as they are stored
  double word_bits = 0;   ///< of a weight
  std::optional<LineReport> errors;

  double ratio() const { return bits == 0 ? 1 : plain_bits / bits; }
  double ratio_to_full_words() const { return ratio() * kWordBits / word_bits; }
  double mean_length() const {
    return static_cast<double>(lines.weights) / static_cast<double>(lines.segments);
  }
};

std::int64_t stored_plainly(const MemoryImage& image, std::uint16_t layer) {
  const Section* section = image.find(SectionKind::dense_value, layer, 0, 0);
  return section == nullptr
             ? 0
             : static_cast<std::int64_t>(section->bytes) / image.info().widths.value_bytes;
}

/// Of the layers that are shown; the last is the sum of all.
std::vector<Row> rows_of(const MemoryImage& image, const ImageSelection& selection) {
  const CrsWidths& widths = image.info().widths;
  const double word_bits = 8.0 * widths.value_bytes;
  std::vector<LineCounts> lines(image.network().layers.size());
  for (int i = 1; i <= image.info().iterations; ++i) {
    const std::vector<LineCounts> fetched = line_counts(image, i);
    for (std::size_t l = 0; l < lines.size() && selection.shows_batch(i); ++l) {
      lines[l] += fetched[l];
    }
  }
  std::vector<Row> rows;
  Row all;
  all.name = "(all)";
  all.word_bits = word_bits;
  for (std::size_t l = 0; l < lines.size(); ++l) {
    const Layer& layer = image.network().layers[l];
    if (!layer.has_weights()) {
      continue;
    }
    const auto plain = static_cast<double>(stored_plainly(image, static_cast<std::uint16_t>(l)));
    Row row;
    row.name = layer.name;
    row.lines = lines[l];
    row.word_bits = word_bits;
    row.plain_bits = (static_cast<double>(lines[l].weights) + plain) * word_bits;
    row.bits =
        static_cast<double>(lines[l].segments) * 8 * static_cast<double>(segment_bytes(widths)) +
        plain * word_bits;
    all.lines += row.lines;
    all.plain_bits += row.plain_bits;
    all.bits += row.bits;
    if (selection.shows_layer(l)) {
      rows.push_back(std::move(row));
    }
  }
  rows.push_back(std::move(all));
  return rows;
}

/// With what only the compiler knows.
std::vector<Row> rows_of(const CompileReport& report, const MemoryImage& image) {
  std::vector<Row> rows = rows_of(image, ImageSelection());
  LineReport all;
  for (std::size_t i = 0; i < report.layers.size(); ++i) {
    rows[i].errors = report.layers[i].lines;
    if (rows[i].errors) {
      all.weights += rows[i].errors->weights;
      all.squares += rows[i].errors->squares;
      all.largest_error = std::max(all.largest_error, rows[i].errors->largest_error);
      all.tolerance = std::max(all.tolerance, rows[i].errors->tolerance);
    }
  }
  rows.back().errors = all;
  return rows;
}

std::string table_of(const std::vector<Row>& rows, bool has_errors) {
  std::vector<Table::Column> columns{{"layer", Table::Align::left},
                                     {"weights"},
                                     {"lines"},
                                     {"mean length"},
                                     {"longest"},
                                     {"ratio"},
                                     {"ratio to 32 bits"}};
  if (has_errors) {
    columns.insert(columns.end(), {{"tolerance"}, {"largest error"}, {"RMS error"}});
  }
  Table table(columns);
  for (const Row& row : rows) {
    const bool has_lines = row.lines.segments > 0;
    std::vector<std::string> cells{row.name,
                                   has_lines ? grouped(row.lines.weights) : "plain",
                                   has_lines ? grouped(row.lines.segments) : "",
                                   has_lines ? fmt::format("{:.2f}", row.mean_length()) : "",
                                   has_lines ? grouped(row.lines.longest) : "",
                                   fmt::format("{:.2f}", row.ratio()),
                                   fmt::format("{:.2f}", row.ratio_to_full_words())};
    if (has_errors && row.errors) {
      cells.insert(cells.end(), {fmt::format("{:.3g}", row.errors->tolerance),
                                 fmt::format("{:.3g}", row.errors->largest_error),
                                 fmt::format("{:.3g}", row.errors->root_mean_square())});
    } else if (has_errors) {
      cells.insert(cells.end(), {"", "", ""});
    }
    table.add_row(cells);
  }
  return table.text();
}

Json json_of(const std::vector<Row>& rows) {
  Json list = Json::array();
  for (const Row& row : rows) {
    const bool has_lines = row.lines.segments > 0;
    Json entry = {{"layer", row.name == "(all)" ? Json() : Json(row.name)},
                  {"weights", row.lines.weights},
                  {"segments", row.lines.segments},
                  {"mean_length", has_lines ? Json(row.mean_length()) : Json()},
                  {"longest", has_lines ? Json(row.lines.longest) : Json()},
                  {"ratio", row.ratio()},
                  {"ratio_to_32_bits", row.ratio_to_full_words()}};
    if (row.errors) {
      entry["tolerance"] = row.errors->tolerance;
      entry["largest_error"] = row.errors->largest_error;
      entry["root_mean_square_error"] = row.errors->root_mean_square();
    }
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace

LineCounts& LineCounts::operator+=(const LineCounts& other) {
  weights += other.weights;
  segments += other.segments;
  longest = std::max(longest, other.longest);
  return *this;
}

std::vector<LineCounts> line_counts(const MemoryImage& image, int iteration) {
  std::vector<LineCounts> counts(image.network().layers.size());
  const auto add = [&](std::size_t layer, const LineSegment& segment) {
    counts[layer] += {segment.length, 1, segment.length};
  };
  if (!image.has_lines()) {
    return counts;
  }
  for (std::uint16_t l = 0; image.info().is_dense() && l < counts.size(); ++l) {
    for (const LineSegment& segment : image.segments(l, 0, 0)) {
      add(l, segment);
    }
  }
  for (std::uint16_t c = 0; !image.info().is_dense() && c < 2; ++c) {
    const auto batch = static_cast<std::uint16_t>(iteration);
    const std::vector<CrsWeight> weights = image.cluster(batch, c).weights();
    std::size_t at = 0;
    for (const LineSegment& segment : image.segments(kAllLayers, batch, c)) {
      add(weights[at].layer, segment);
      at += segment.length;
    }
  }
  return counts;
}

std::string lines_table(const CompileReport& report, const MemoryImage& image) {
  return image.has_lines() ? table_of(rows_of(report, image), true) : "";
}

std::string lines_table(const MemoryImage& image, const ImageSelection& selection) {
  return image.has_lines() ? table_of(rows_of(image, selection), false) : "";
}

Json lines_json(const CompileReport& report, const MemoryImage& image) {
  return image.has_lines() ? json_of(rows_of(report, image)) : Json();
}

Json lines_json(const MemoryImage& image, const ImageSelection& selection) {
  return image.has_lines() ? json_of(rows_of(image, selection)) : Json();
}

}  // namespace airnn
