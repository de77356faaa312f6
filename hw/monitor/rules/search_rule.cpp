// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/rules/search_rule.h"

#include <utility>

namespace airnn {

namespace {

std::string text_of(const MatchRow& row) {
  return row.is_empty()
             ? std::string("an empty row")
             : "bin " + std::to_string(row.bin) + ", value " + std::to_string(row.value) +
                   " without " + std::to_string(row.free_bits) + " bits, product " +
                   std::to_string(row.product);
}

std::string text_of(const RowSearch& search) {
  return "bin " + std::to_string(search.bin) + ", activation " + std::to_string(search.pixel);
}

}  // namespace

SearchRule::SearchRule(const RuleReporter& reporter, const MemoryImage& image,
                       std::vector<std::string> units)
    : reporter_(reporter), image_(image), units_(std::move(units)) {}

const SearchRule::LayerTables& SearchRule::tables_of(std::uint32_t layer) {
  const auto [entry, is_new] = tables_.try_emplace(layer);
  if (is_new) {
    const auto index = static_cast<std::uint16_t>(layer);
    entry->second = {image_.codebook(index), image_.match_rows(index)};
  }
  return entry->second;
}

void SearchRule::report(const RowsSearched& event, const std::string& seen,
                        const std::string& due) {
  reporter_.report(Rule::p14, units_[event.layer], event.cycle, seen, due);
}

void SearchRule::searched(const RowsSearched& event) {
  const LayerTables& tables = tables_of(event.layer);
  check_content(event, tables);
  for (const RowSearch& search : *event.searches) {
    check_search(event, search, tables);
  }
  if (event.zero_products + event.searched != event.multiplications ||
      event.hits > event.searched) {
    report(
        event,
        std::to_string(event.zero_products) + " zeros, " + std::to_string(event.searched) +
            " searches, " + std::to_string(event.hits) + " hits",
        std::to_string(event.multiplications) + " zeros and searches, no more hits than searches");
  }
}

void SearchRule::check_content(const RowsSearched& event, const LayerTables& tables) {
  const std::vector<MatchRow>& held = *event.rows;
  if (held.size() != tables.rows.size()) {
    report(event, std::to_string(held.size()) + " rows", std::to_string(tables.rows.size()));
    return;
  }
  for (std::size_t i = 0; i < held.size(); ++i) {
    if (!(held[i] == tables.rows[i])) {
      report(event, "row " + std::to_string(i) + " holds " + text_of(held[i]),
             text_of(tables.rows[i]));
      return;
    }
  }
}

void SearchRule::check_search(const RowsSearched& event, const RowSearch& search,
                              const LayerTables& tables) {
  std::int32_t due = kNoMatch;
  for (std::size_t i = 0; i < tables.rows.size(); ++i) {
    const MatchRow& row = tables.rows[i];
    if (search.pixel == 0 || row.is_empty() || row.bin != search.bin ||
        search.pixel < row.lowest() || search.pixel > row.highest()) {
      continue;
    }
    if (due != kNoMatch) {
      report(event, text_of(search) + ": row " + std::to_string(i) + " matches, too",
             "row " + std::to_string(due) + " alone");
    }
    due = static_cast<std::int32_t>(i);
  }
  const std::int64_t product = due == kNoMatch
                                   ? std::int64_t{tables.centres[search.bin]} * search.pixel
                                   : tables.rows[static_cast<std::size_t>(due)].product;
  if (search.row != due || search.product != product) {
    const auto outcome = [](std::int32_t row, std::int64_t value) {
      return (row == kNoMatch ? std::string("no row") : "row " + std::to_string(row)) +
             ", product " + std::to_string(value);
    };
    report(event, text_of(search) + ": " + outcome(search.row, search.product),
           outcome(due, product));
  }
}

}  // namespace airnn
