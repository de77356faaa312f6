// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/report/report.h"
#include "sw/results/json_node.h"

namespace airnn {

/// Reads an evaluation.json (docs/report.md) strictly: whatever has another type or form than the
/// schema says is refused. Unknown keys are skipped, because later versions may have more.
class ReportReader {
 public:
  /// Throws UserError with `file`, the JSON pointer and what was expected.
  static ReportPart read(const std::string& file, const std::string& text);

 private:
  static ReportPart read_part(const JsonNode& node);
  static ReportProgress read_progress(const JsonNode& node);
  static ReportSection read_section(const JsonNode& node);
  static ReportTable read_table(const JsonNode& node);
  static ReportColumn read_column(const JsonNode& node);
  static std::vector<ReportCell> read_row(const JsonNode& node,
                                          const std::vector<ReportColumn>& columns);
  static ReportCell read_cell(const JsonNode& node, ReportColumn::Type type);
  static ReportPlot read_plot(const JsonNode& node);
  static ReportRange read_range(const JsonNode& node);
  static ReportSeries read_series(const JsonNode& node, ReportPlot::Axis axis);
  static ReportPoint read_point(const JsonNode& node, ReportPlot::Axis axis);
  static ReportPicture read_picture(const JsonNode& node);
  static ReportPicture::Node read_node(const JsonNode& node);
  static ReportPicture::Link read_link(const JsonNode& node, std::size_t nodes);
};

}  // namespace airnn
