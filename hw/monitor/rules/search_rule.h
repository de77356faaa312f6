// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hw/compute/compute_events.h"
#include "hw/monitor/rule_reporter.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// Rule P14: the associative memories of a layer hold the rows of the image; of the searches that
/// the layer tells, at most one row matches each, and its product is the row's; a miss is
/// multiplied exactly; and every multiplication ends as a zero, a hit or a miss.
class SearchRule {
 public:
  /// `units`: names of the layers.
  SearchRule(const RuleReporter& reporter, const MemoryImage& image,
             std::vector<std::string> units);

  void searched(const RowsSearched& event);

 private:
  struct LayerTables {
    std::vector<std::int32_t> centres;
    std::vector<MatchRow> rows;
  };

  const LayerTables& tables_of(std::uint32_t layer);
  void check_content(const RowsSearched& event, const LayerTables& tables);
  void check_search(const RowsSearched& event, const RowSearch& search, const LayerTables& tables);
  void report(const RowsSearched& event, const std::string& seen, const std::string& due);

  const RuleReporter& reporter_;
  const MemoryImage& image_;
  std::vector<std::string> units_;
  std::map<std::uint32_t, LayerTables> tables_;
};

}  // namespace airnn
